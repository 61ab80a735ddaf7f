package cloud.pxc.world.proxmox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Resource pools and which guest is in which; a guest is in one at most. */
final class Pools {
    private final Map<String, String> comments = new TreeMap<>();
    private final Map<Integer, String> poolOf = new TreeMap<>();

    synchronized void create(String pool, String comment) {
        if (comments.putIfAbsent(pool, comment) != null) {
            throw ApiException.failure("create pool failed: pool '" + pool + "' already exists");
        }
    }

    synchronized void delete(String pool) {
        require(pool, "delete");
        var member = members(pool).stream().findFirst();
        if (member.isPresent()) {
            throw ApiException.failure(
                    "delete pool failed: pool '" + pool + "' is not empty (contains VM " + member.get() + ")");
        }
        comments.remove(pool);
    }

    synchronized void comment(String pool, String comment) {
        require(pool, "update");
        comments.put(pool, comment);
    }

    synchronized void add(String pool, int vmid, boolean allowMove) {
        require(pool, "update");
        var before = poolOf.get(vmid);
        if (pool.equals(before)) {
            throw ApiException.failure("update pools failed: VM " + vmid + " is already a pool member");
        }
        if (before != null && !allowMove) {
            throw ApiException.failure("update pools failed: VM " + vmid + " belongs already to pool '" + before
                    + "' and 'allow-move' is not set");
        }
        poolOf.put(vmid, pool);
    }

    synchronized void remove(String pool, int vmid) {
        require(pool, "update");
        if (!poolOf.remove(vmid, pool)) {
            throw ApiException.failure("update pools failed: VM " + vmid + " is not a pool member");
        }
    }

    synchronized void forget(int vmid) {
        poolOf.remove(vmid);
    }

    synchronized boolean exists(String pool) {
        return comments.containsKey(pool);
    }

    synchronized List<String> names() {
        return List.copyOf(comments.keySet());
    }

    synchronized String commentOf(String pool) {
        return comments.getOrDefault(pool, "");
    }

    synchronized List<Integer> members(String pool) {
        return poolOf.entrySet().stream()
                .filter(entry -> entry.getValue().equals(pool))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized Optional<String> of(int vmid) {
        return Optional.ofNullable(poolOf.get(vmid));
    }

    private void require(String pool, String verb) {
        if (!comments.containsKey(pool)) {
            throw ApiException.failure(verb + " pool failed: pool '" + pool + "' does not exist");
        }
    }
}
