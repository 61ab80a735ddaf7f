package cloud.pxc.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The status that was written last of each object, until it is let go. Where several are written in a row, the watch that tells
 * of an earlier one makes the framework forget the later: a pass that is given the last may be followed by one that is given
 * one before it.
 */
final class NotedStatuses {

    private final Map<String, Noted> byUid = new ConcurrentHashMap<>();

    private record Noted(long version, Object status) {}

    /** @param object as the API server has it after the write */
    void put(CustomResource<?, ?> object) {
        byUid.put(uid(object), new Noted(version(object), object.getStatus()));
    }

    @SuppressWarnings("unchecked") // it is the status of this very object
    <S> void catchUp(CustomResource<?, S> object) {
        var last = byUid.get(uid(object));
        if (last != null && version(object) < last.version()) {
            object.setStatus((S) last.status());
            object.getMetadata().setResourceVersion(Long.toString(last.version()));
        }
    }

    void forget(HasMetadata object) {
        byUid.remove(uid(object));
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    /** Of one kind they grow with each write. */
    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }
}
