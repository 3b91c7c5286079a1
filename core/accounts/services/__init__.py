"""Every write to accounts, by use case."""

from core.accounts.services.addresses import ask_verification, confirm_address
from core.accounts.services.auditing import record
from core.accounts.services.blocks import block_user, unblock_user
from core.accounts.services.deletion import (
    GRACE,
    ask_deletion,
    erase_account,
    erases_belongings,
    guards_deletion,
)
from core.accounts.services.links import sweep_links
from core.accounts.services.passwords import ask_password_reset, change_password, reset_password
from core.accounts.services.profiles import make_missing_profiles, update_account, update_profile
from core.accounts.services.sanctions import (
    ban_user,
    grant_staff,
    lift_sanction,
    tells_of_sanctions,
    time_out_user,
)
from core.accounts.services.sessions import (
    end_presented_session,
    end_session,
    open_session,
    refresh_session,
    sweep_sessions,
)
from core.accounts.services.signing_in import check_credentials, sign_in
from core.accounts.services.signing_up import create_account
from core.accounts.system import SYSTEM, Actor

__all__ = [
    "GRACE",
    "SYSTEM",
    "Actor",
    "ask_deletion",
    "ask_password_reset",
    "ask_verification",
    "ban_user",
    "block_user",
    "change_password",
    "check_credentials",
    "confirm_address",
    "create_account",
    "end_presented_session",
    "end_session",
    "erase_account",
    "erases_belongings",
    "grant_staff",
    "guards_deletion",
    "lift_sanction",
    "make_missing_profiles",
    "open_session",
    "record",
    "refresh_session",
    "reset_password",
    "sign_in",
    "sweep_links",
    "sweep_sessions",
    "tells_of_sanctions",
    "time_out_user",
    "unblock_user",
    "update_account",
    "update_profile",
]
