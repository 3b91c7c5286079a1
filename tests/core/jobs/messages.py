"""What lies in the broker's queue."""

from dramatiq.broker import Broker

from core.jobs.actors import run_job


def told(broker: Broker) -> list[int]:
    """Ids of the jobs that workers were told of since the last look."""
    ids: list[int] = []
    consumer = broker.consume(run_job.queue_name, prefetch=100, timeout=1)
    while message := next(consumer):
        ids.append(message.args[0])
        consumer.ack(message)
    return sorted(ids)
