"""What the ASGI servers run: HTTP to Django, sockets to the live consumer."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
http = get_asgi_application()  # before anything that needs the app registry

from api.bodies import BoundedBodies  # noqa: E402
from realtime.consumer import LiveConsumer  # noqa: E402

application = ProtocolTypeRouter({"http": BoundedBodies(http), "websocket": LiveConsumer.as_asgi()})
