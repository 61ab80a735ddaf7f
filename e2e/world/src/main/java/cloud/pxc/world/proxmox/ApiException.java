package cloud.pxc.world.proxmox;

import java.util.Map;
import java.util.TreeMap;

/**
 * An answer other than 200: Perl's {@code die} (500), {@code raise_param_exc} (400) and {@code raise_perm_exc} (403).
 */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> errors;

    private ApiException(int status, String message, Map<String, String> errors) {
        super(message);
        this.status = status;
        this.errors = errors;
    }

    /** What {@code die "message\n"} becomes: 500 and the message as reason phrase. */
    static ApiException failure(String message) {
        return new ApiException(500, message, Map.of());
    }

    static ApiException of(int status, String message) {
        return new ApiException(status, message, Map.of());
    }

    static ApiException parameter(String name, String message) {
        return parameters(Map.of(name, message));
    }

    static ApiException parameters(Map<String, String> errors) {
        return new ApiException(400, "Parameter verification failed.", new TreeMap<>(errors));
    }

    static ApiException forbidden() {
        return new ApiException(403, "Permission check failed", Map.of());
    }

    /** @param what path and privilege, such as {@code /vms/100, VM.Audit} */
    static ApiException forbidden(String what) {
        return new ApiException(403, "Permission check failed (" + what + ")", Map.of());
    }

    int status() {
        return status;
    }

    /** What it says where it ends a task instead of a call: Perl's stringified exception, on one line. */
    String inTask() {
        var text = new StringBuilder(status == 500 ? getMessage() : status + " " + getMessage());
        errors.forEach(
                (name, error) -> text.append('\n').append(name).append(": ").append(error));
        return text.toString().stripTrailing().replace('\n', ' ');
    }

    Map<String, String> errors() {
        return errors;
    }
}
