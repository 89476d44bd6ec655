"""Every error that Runyard answers, in one tree.

    RunyardError                    INTERNAL_ERROR            500
    ├── BadRequest                  BAD_REQUEST               400   the request can't be read
    │   ├── BodyTooLarge            BAD_REQUEST               413
    │   └── RangeNotSatisfiable     BAD_REQUEST               416
    ├── InvalidParameter            INVALID_PARAMETER_VALUE   400   a field breaks a rule
    │   ├── MissingParameter        INVALID_PARAMETER_VALUE   400
    │   └── FilterError             INVALID_PARAMETER_VALUE   400   carries the position of the error
    ├── InvalidState                INVALID_STATE             400
    │   └── AppendConflict          INVALID_STATE             409   carries the size that the file has
    ├── AlreadyExists               RESOURCE_ALREADY_EXISTS   400
    ├── Superseded                  RESOURCE_CONFLICT         412   what is there is newer than what is sent
    ├── NotFound                    RESOURCE_DOES_NOT_EXIST   404
    │   ├── ExperimentNotFound
    │   ├── RunNotFound
    │   ├── ArtifactNotFound
    │   ├── LoggedModelNotFound
    │   ├── RegisteredModelNotFound
    │   └── ModelVersionNotFound
    ├── EndpointNotFound            ENDPOINT_NOT_FOUND        404
    ├── MethodNotAllowed            BAD_REQUEST               405
    ├── PermissionDenied            PERMISSION_DENIED         403
    ├── NotSupported                NOT_IMPLEMENTED           404   clients fall back to another way
    ├── Unavailable                 TEMPORARILY_UNAVAILABLE   503   retrying later may help
    │   └── StorageFull
    └── CorruptData                 DATA_LOSS                 500   a checksum or a count is wrong

`error_code` is MLflow's, and a permanent error is never a 5xx: MLflow's clients retry those for minutes.
"""

from __future__ import annotations


class RunyardError(Exception):
    """Something that a client is told, with MLflow's error code and the HTTP status."""

    error_code = "INTERNAL_ERROR"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(RunyardError):
    """The request can't be read: its body, encoding or parameters are malformed."""

    error_code = "BAD_REQUEST"
    status = 400


class BodyTooLarge(BadRequest):
    """The body is larger than the route takes."""

    status = 413


class RangeNotSatisfiable(BadRequest):
    """The asked byte range lies outside the file."""

    status = 416


class InvalidParameter(RunyardError):
    """A field has a value that a rule forbids; the message names both."""

    error_code = "INVALID_PARAMETER_VALUE"
    status = 400


class MissingParameter(InvalidParameter):
    """A required field is absent or empty."""

    def __init__(self, field: str) -> None:
        super().__init__(f"Missing value for required parameter '{field}'.")


class FilterError(InvalidParameter):
    """A filter or order-by expression can't be understood.

    `position` is the offset in characters from the expression's start, for an editor to mark; `length` says how
    many characters are wrong, and is 0 where something is missing. `reason` is the message without the place.
    """

    def __init__(self, reason: str, position: int | None = None, length: int = 0) -> None:
        super().__init__(reason if position is None else f"{reason} (at character {position + 1})")
        self.reason = reason
        self.position = position
        self.length = length


class InvalidState(RunyardError):
    """The operation does not fit the state that the entity is in."""

    error_code = "INVALID_STATE"
    status = 400


class AppendConflict(InvalidState):
    """What is to be appended does not go on where the file ends; `size` is where that is."""

    status = 409

    def __init__(self, path: str, offset: int, size: int) -> None:
        super().__init__(
            f"The file '{path}' has {size} bytes, and not these at the offset {offset}: nothing was appended."
        )
        self.size = size


class AlreadyExists(RunyardError):
    """An entity of that name is there already."""

    error_code = "RESOURCE_ALREADY_EXISTS"
    status = 400


class Superseded(RunyardError):
    """What is there is newer than what is sent late; nothing was changed."""

    error_code = "RESOURCE_CONFLICT"
    status = 412


class NotFound(RunyardError):
    """What was asked for does not exist."""

    error_code = "RESOURCE_DOES_NOT_EXIST"
    status = 404


class ExperimentNotFound(NotFound):
    def __init__(self, experiment: str) -> None:
        super().__init__(f"No experiment with experiment_id or name '{experiment}' exists.")


class RunNotFound(NotFound):
    def __init__(self, run_id: str) -> None:
        super().__init__(f"No run with run_id '{run_id}' exists.")


class ArtifactNotFound(NotFound):
    def __init__(self, path: str) -> None:
        super().__init__(f"No artifact at path '{path}' exists.")


class LoggedModelNotFound(NotFound):
    def __init__(self, model_id: str) -> None:
        super().__init__(f"No logged model with model_id '{model_id}' exists.")


class RegisteredModelNotFound(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"No registered model with name '{name}' exists.")


class ModelVersionNotFound(NotFound):
    def __init__(self, name: str, version: object) -> None:
        super().__init__(f"No model version with name '{name}' and version '{version}' exists.")


class EndpointNotFound(RunyardError):
    error_code = "ENDPOINT_NOT_FOUND"
    status = 404

    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"There is no endpoint {method} {path}.")


class MethodNotAllowed(RunyardError):
    error_code = "BAD_REQUEST"
    status = 405

    def __init__(self, method: str, path: str, allowed: list[str]) -> None:
        super().__init__(f"{path} does not answer {method}; it answers {', '.join(sorted(allowed))}.")
        self.allowed = allowed


class PermissionDenied(RunyardError):
    error_code = "PERMISSION_DENIED"
    status = 403


class NotSupported(RunyardError):
    """An optional part of MLflow's protocol that this server does not offer; the message is the client's own."""

    error_code = "NOT_IMPLEMENTED"
    status = 404


class Unavailable(RunyardError):
    """The server can't do it now; the same request may succeed later."""

    error_code = "TEMPORARILY_UNAVAILABLE"
    status = 503


class StorageFull(Unavailable):
    """There is no space left where the data lies; nothing of the request was kept."""


class CorruptData(RunyardError):
    """Stored bytes fail their checksum or contradict their own counts."""

    error_code = "DATA_LOSS"
