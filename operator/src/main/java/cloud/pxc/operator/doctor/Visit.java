package cloud.pxc.operator.doctor;

import cloud.pxc.operator.doctor.Facts.ClusterSight;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import java.time.Clock;
import java.util.Optional;

/** One visit of the doctor: looks, concludes, tells, and exercises where there is nothing in the way of it. */
final class Visit {

    private static final String EXERCISE = "exercise";

    private final Connection connection;
    private final Inquiry inquiry;
    private final Printer printer;
    private final Clock clock;
    private final Patience patience;
    private final Interruption interruption;
    private Result result = new Result(0, 0);

    Visit(
            Connection connection,
            Inquiry inquiry,
            Printer printer,
            Clock clock,
            Patience patience,
            Interruption interruption) {
        this.connection = connection;
        this.inquiry = inquiry;
        this.printer = printer;
        this.clock = clock;
        this.patience = patience;
        this.interruption = interruption;
    }

    /** @param node where to exercise; empty: where there is most room */
    record Choice(Optional<String> node, boolean downloadTemplate) {}

    /**
     * @param exercise empty: nothing is changed
     * @param name of this run, that no other has
     */
    Result run(Optional<Choice> exercise, String name) {
        try {
            var facts = Observer.observe(connection, inquiry.needs());
            Checkup.of(inquiry, facts).forEach(this::tell);
            exercise.ifPresent(choice -> exercise(facts, choice, name));
        } catch (ProxmoxException e) {
            tell(Finding.problem(Checkup.ENDPOINT, "The cluster failed while it was looked at: " + e.getMessage()));
        }
        printer.end(result);
        return result;
    }

    private void exercise(Facts facts, Choice choice, String name) {
        if (facts.cluster().isEmpty() || result.problems() > 0) {
            tell(new Step.Skipped(EXERCISE, "there are problems; it is of use once they are solved"));
            return;
        }
        var cluster = facts.cluster().get();
        var node = ExercisePlan.node(inquiry.needs(), cluster, choice.node());
        if (node.isEmpty()) {
            tell(Finding.problem(
                    EXERCISE,
                    "There is no node"
                            + choice.node().map(wanted -> " " + wanted).orElse("")
                            + " that is online and has both storages and the bridge"));
            return;
        }
        exercise(
                Observer.only(connection, Observer.answering(facts.endpoints())),
                plan(cluster, node.get(), choice, name));
    }

    private ExercisePlan plan(ClusterSight cluster, String node, Choice choice, String name) {
        return new ExercisePlan(
                node,
                name,
                inquiry.needs(),
                ExercisePlan.vmids(inquiry, cluster),
                cluster.mayClone(),
                choice.downloadTemplate());
    }

    private void exercise(Connection reached, ExercisePlan plan) {
        try (var client = ProxmoxClient.of(reached)) {
            var traces = new Traces();
            var bench = new Workbench(new TaskEnd(client, clock, patience), traces, clock, interruption, this::tell);
            var cleanup = new Cleanup(client, inquiry.tokenId(), patience, clock, this::tell);
            new Exercise(client, plan, bench, traces, cleanup).run();
        }
    }

    private void tell(Finding finding) {
        result = result.with(finding);
        printer.finding(finding);
    }

    private void tell(Step step) {
        result = result.with(step);
        printer.step(step);
    }
}
