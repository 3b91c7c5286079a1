"""Routes under /api/chat/."""

from rest_framework.routers import SimpleRouter

from api.chat.views import MessageViewSet, RoomViewSet

router = SimpleRouter(use_regex_path=False)
router.register("rooms", RoomViewSet, basename="room")
router.register("rooms/<slug:room>/messages", MessageViewSet, basename="message")
urlpatterns = router.urls
