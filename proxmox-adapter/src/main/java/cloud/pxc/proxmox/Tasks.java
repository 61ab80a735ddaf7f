package cloud.pxc.proxmox;

import java.util.List;

/** Tasks: how far they are, how they ended. Everything here is asked of the node that the task runs on. */
public final class Tasks {

    private static final String TASK = "/nodes/{}/tasks/{}";
    /** Lines of the log that are told with a failure. */
    private static final int TOLD_LINES = 5;
    /** What the API gives when it is not asked for a number of lines. */
    private static final int PAGE = 50;
    /** More than a node ever works on. */
    private static final int MOST_RUNNING = 10_000;

    private final Api api;

    Tasks(Api api) {
        this.api = api;
    }

    /**
     * {@code GET …/status}.
     *
     * @throws ProxmoxException.NotFound when the node does not know the task (any more)
     */
    public TaskState state(Upid upid) {
        return Answers.taskState(api.get(ApiCall.get(TASK + "/status", upid.node(), upid)));
    }

    /** {@code GET …/log}: its last lines, oldest first. */
    public List<String> log(Upid upid, int lastLines) {
        var call = ApiCall.get(TASK + "/log", upid.node(), upid);
        var first = api.list(call.with("start", "0").with("limit", Integer.toString(Math.max(PAGE, lastLines))));
        var lines = Answers.lines(first.data());
        var hidden = first.total() - lines.size();
        if (hidden > 0) {
            lines = Answers.lines(api.get(call.with("start", Long.toString(Math.max(0, first.total() - lastLines)))
                    .with("limit", Integer.toString(lastLines))));
        }
        return lines.subList(Math.max(0, lines.size() - lastLines), lines.size());
    }

    /** {@code GET /nodes/{node}/tasks?source=active}: what is being done to a guest now, of what the token may see. */
    public List<Upid> running(String node, Vmid vmid) {
        return Answers.runningTasks(api.get(
                ApiCall.get("/nodes/{}/tasks", node).with("source", "active").with("vmid", vmid.toString())));
    }

    /**
     * {@code GET /nodes/{node}/tasks?source=all}: the last ones of a kind that worked or work on a guest, newest first, of what the
     * token may see.
     *
     * @param type such as {@code qmrollback}
     */
    public List<Upid> last(String node, Vmid vmid, String type) {
        return Answers.tasks(api.get(ApiCall.get("/nodes/{}/tasks", node)
                .with("source", "all")
                .with("vmid", vmid.toString())
                .with("typefilter", type)));
    }

    /** The same of all guests of a node, and of what is about none. */
    public List<Upid> running(String node) {
        return Answers.runningTasks(api.get(ApiCall.get("/nodes/{}/tasks", node)
                .with("source", "active")
                .with("limit", Integer.toString(MOST_RUNNING))));
    }

    /** {@code DELETE /nodes/{node}/tasks/{upid}}: asks it to end; it cleans up and fails as interrupted. */
    public void stop(Upid upid) {
        api.change(ApiCall.delete(TASK, upid.node(), upid));
    }

    /**
     * Why a task failed, as the kind of exception a call would have failed with; with the end of its log in the message.
     *
     * @throws IllegalStateException when the task has not failed
     */
    public ProxmoxException failure(Upid upid) {
        var state = state(upid);
        if (!state.failed()) {
            throw new IllegalStateException("Task " + upid + " has not failed: " + state);
        }
        return api.failures().ofTask(upid, state.exit().orElse(""), log(upid, TOLD_LINES));
    }
}
