package cloud.pxc.world.proxmox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One API call whose parameters have been verified.
 *
 * @param endpoint the node that answers it
 * @param parameters of path, query and body together
 * @param upload the uploaded file, for the one call that takes one
 * @param taskFault how a task that this call starts is to fail, when a fault says so
 */
record Call(
        Node endpoint,
        Principal caller,
        Map<String, Object> parameters,
        Optional<Path> upload,
        Optional<String> taskFault) {

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** A parameter that the schema says is always there. */
    String text(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("Parameter " + name + " is not optional here"));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(value -> value instanceof List<?> many ? String.valueOf(many.getLast()) : (String) value);
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    int number(String name, int otherwise) {
        return find(name).map(Integer::parseInt).orElse(otherwise);
    }

    boolean flag(String name) {
        return find(name).filter("1"::equals).isPresent();
    }
}
