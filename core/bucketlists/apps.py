from django.apps import AppConfig


class BucketlistsConfig(AppConfig):
    name = "core.bucketlists"
    label = "bucketlists"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings, guards_deletion
        from core.bucketlists.services import leave_lists, open_conversations, why_not_delete
        from core.work.guards import Guard, guards_rows

        guards_rows(
            Guard("bucketlists_ballot_stays", "bucketlists_ballot", "UPDATE", "ballots are only ever added"),
        )
        open_conversations()
        guards_deletion("bucketlists", why_not_delete)
        erases_belongings("bucketlists", leave_lists)
