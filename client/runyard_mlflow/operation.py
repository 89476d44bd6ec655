"""What an asynchronous call returns."""

from __future__ import annotations

from mlflow.exceptions import MlflowException, RestException
from mlflow.protos.databricks_pb2 import TEMPORARILY_UNAVAILABLE, ErrorCode

from runyard_mlflow.session import Session


class Operation:
    """A logged call; has what mlflow asks of its `RunOperations` and of a future in them."""

    __slots__ = ("_number", "_session")

    def __init__(self, session: Session, number: int) -> None:
        self._session = session
        self._number = number

    @property
    def _operation_futures(self) -> list[Operation]:
        # mlflow combines the operations of a call that it divides.
        return [self]

    def wait(self) -> None:
        """Return when the server has what was logged, and readers see it.

        Raises MlflowException when the server refused it, or can't be reached within the bound.
        """
        self.result()

    def result(self) -> None:
        """The same, for whoever takes this for a future."""
        check(self._session, self._number, self._session.drain(self._number))


def check(session: Session, number: int, stored: bool) -> None:
    """Raise MlflowException where a frame was refused, or is not on the server yet."""
    refusal = session.refusal(number)
    if refusal is not None:
        raise error_of(refusal.error_code, refusal.message)
    if not number:
        raise MlflowException(
            "The spool is full: this call was not logged.", error_code=TEMPORARILY_UNAVAILABLE
        )
    if not stored:
        raise MlflowException(
            f"{session.server} can't be reached ({session.sender.reason or 'RUNYARD_OFFLINE is set'}): what was logged "
            f"is kept in {session.producer.folder} and sent later.",
            error_code=TEMPORARILY_UNAVAILABLE,
        )


def check_answers(session: Session) -> None:
    """Raise MlflowException when the server can't be reached: mlflow's own calls try for minutes."""
    if session.settings.offline:
        raise MlflowException(
            f"RUNYARD_OFFLINE is set: {session.server} is not asked.", error_code=TEMPORARILY_UNAVAILABLE
        )
    if not session.reaches():
        raise unreached(session)


def unreached(session: Session) -> MlflowException:
    """What a call raises that needs the server."""
    return MlflowException(
        f"{session.server} can't be reached ({session.sender.reason}), and this call needs it.",
        error_code=TEMPORARILY_UNAVAILABLE,
    )


def error_of(code: str, message: str) -> MlflowException:
    """The exception that mlflow's own client raises for an error of a server."""
    if code in ErrorCode.keys():
        return RestException({"error_code": code, "message": message})
    return MlflowException(message, error_code=TEMPORARILY_UNAVAILABLE)
