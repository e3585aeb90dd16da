package platform.core.manager;

import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** What a process is told when a call of it fails: the reason, and no stack. */
final class RemoteErrors {

    private RemoteErrors() {}

    static ResponseErrorException of(Exception failure) {
        String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, reason, null));
    }
}
