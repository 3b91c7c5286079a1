"""Routes of accounts."""

from typing import Any

from django.urls import path

from api.accounts.views import moderating, people, signing_in

sign_in, own_sign_in = signing_in.SignInViews, signing_in.OwnSignInViews
moderation = moderating.ModerationViews
CHANGES: dict[str, Any] = {"get": "show", "patch": "change", "put": "change"}

urlpatterns = [
    path("auth/register/", signing_in.SignUpViews.as_view({"post": "register"})),
    path("auth/login/", signing_in.LoginViews.as_view({"post": "login"})),
    path("auth/logout/", sign_in.as_view({"post": "logout"})),
    path("auth/token/refresh/", sign_in.as_view({"post": "refresh"})),
    path("auth/token/verify/", sign_in.as_view({"post": "verify"})),
    path("auth/password-reset/", sign_in.as_view({"post": "password_reset"})),
    path("auth/password-reset-confirm/", sign_in.as_view({"post": "password_reset_confirm"})),
    path("auth/password-change/", own_sign_in.as_view({"post": "password_change"})),
    path("auth/verify-email/", sign_in.as_view({"post": "verify_email"})),
    path("auth/verify-email/resend/", own_sign_in.as_view({"post": "resend_verification"})),
    path("users/", people.PeopleViews.as_view({"get": "search"})),
    path("users/me/", people.AccountViews.as_view(CHANGES | {"delete": "delete"})),
    path("users/me/sessions/", people.SessionViews.as_view({"get": "show"})),
    path("users/me/sessions/<session:session_id>/", people.SessionViews.as_view({"delete": "end"})),
    path("users/me/blocks/", people.BlockViews.as_view({"get": "show", "post": "block"})),
    path("users/me/blocks/<id:user_id>/", people.BlockViews.as_view({"delete": "unblock"})),
    path("profiles/user/", people.ProfileViews.as_view(CHANGES)),
    path("moderation/people/<username:username>/", moderation.as_view({"get": "record"})),
    path("moderation/people/<username:username>/timeout/", moderation.as_view({"post": "time_out"})),
    path("moderation/people/<username:username>/ban/", moderation.as_view({"post": "ban"})),
    path("moderation/sanctions/<id:sanction_id>/", moderation.as_view({"delete": "lift"})),
    path("profiles/<username:username>/", people.PeopleViews.as_view({"get": "profile"})),
]
