package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code /nodes/{node}/tasks} and {@code /cluster/tasks} ({@code PVE/API2/Tasks.pm}). */
final class TaskCalls {
    private static final int LIST_LIMIT = 50;
    private static final int CLUSTER_LIST_LIMIT = 25;

    private final Tasks tasks;
    private final Access access;

    TaskCalls(Tasks tasks, Access access) {
        this.tasks = tasks;
        this.access = access;
    }

    void register(Router router) {
        router.on("GET /cluster/tasks", this::clusterList);
        router.on("GET /nodes/{node}/tasks", this::list);
        router.on("GET /nodes/{node}/tasks/{upid}/status", call -> find(call, "Sys.Audit")
                .status());
        router.on("GET /nodes/{node}/tasks/{upid}/log", this::log);
        router.on("DELETE /nodes/{node}/tasks/{upid}", this::stop);
    }

    private Object clusterList(Call call) {
        return tasks.all().stream()
                .filter(visible(call))
                .limit(CLUSTER_LIST_LIMIT)
                .map(task -> {
                    var entry = task.entry();
                    entry.remove("pstart");
                    entry.put("saved", task.running() ? "0" : "1");
                    return entry;
                })
                .toList();
    }

    private Object list(Call call) {
        var source = call.find("source").orElse("archive");
        var chosen = tasks.all().stream()
                .filter(task -> task.upid().node().equals(call.text("node")))
                .filter(visible(call))
                .filter(task -> source.equals("all") || task.running() == source.equals("active"))
                .filter(matches(call))
                .toList();
        var page = chosen.stream()
                .skip(call.number("start", 0))
                .limit(call.number("limit", LIST_LIMIT))
                .map(TaskCalls::listEntry)
                .toList();
        return new Listing(page, chosen.size());
    }

    private static Map<String, Object> listEntry(Task task) {
        var entry = task.entry();
        if (task.running()) {
            entry.put("status", "RUNNING");
            entry.put("saved", "0");
            entry.put("user", task.owner().id());
            entry.remove("tokenid");
        }
        return entry;
    }

    private static Predicate<Task> matches(Call call) {
        return task -> call.find("vmid").map(task.upid().id()::equals).orElse(true)
                && call.find("typefilter").map(task.upid().type()::equals).orElse(true)
                && call.find("userfilter")
                        .map(user -> task.owner().id().contains(user))
                        .orElse(true)
                && call.find("since")
                        .map(since -> task.upid().startEpochSecond() >= Long.parseLong(since))
                        .orElse(true)
                && call.find("until")
                        .map(until -> task.upid().startEpochSecond() <= Long.parseLong(until))
                        .orElse(true)
                && (!call.flag("errors")
                        || task.exitStatus().filter(end -> !end.equals("OK")).isPresent());
    }

    private Object log(Call call) {
        var lines = find(call, "Sys.Audit").log();
        var start = call.number("start", 0);
        var limit = call.number("limit", LIST_LIMIT);
        var page = new ArrayList<Map<String, Object>>();
        for (var n = start; n < lines.size() && n - start < (limit == 0 ? Integer.MAX_VALUE : limit); n++) {
            page.add(Map.of("n", n + 1, "t", lines.get(n)));
        }
        return page.isEmpty() && lines.isEmpty()
                ? new Listing(List.of(Map.of("n", 1, "t", "no content")), 1)
                : new Listing(page, lines.size());
    }

    private Object stop(Call call) {
        find(call, "Sys.Modify").interrupt();
        return null;
    }

    private Task find(Call call, String privilegeForOthers) {
        var upid = Upid.parse(call.text("upid"))
                .orElseThrow(() -> ApiException.parameter("upid", "unable to parse worker upid"));
        var task = tasks.find(upid).orElseThrow(() -> ApiException.parameter("upid", "no such task"));
        if (!owns(call.caller(), task)) {
            access.require(call.caller(), "/nodes/" + upid.node(), privilegeForOthers);
        }
        return task;
    }

    private Predicate<Task> visible(Call call) {
        return task -> owns(call.caller(), task)
                || access.may(call.caller(), "/nodes/" + task.upid().node(), "Sys.Audit");
    }

    /** A user owns what its tokens started, a token only what it started itself. */
    private static boolean owns(Principal caller, Task task) {
        return task.owner().equals(caller)
                || !caller.isToken() && task.owner().user().equals(caller.id());
    }
}
