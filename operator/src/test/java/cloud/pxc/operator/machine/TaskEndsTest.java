package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.Trust;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskEndsTest {

    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(1);

    private final SimulatedProxmox proxmox = SimulatedProxmox.builder()
            .timeScale(1)
            .taskDuration("qmcreate", LONG)
            .start();
    private final SimulatedProxmox.Token token =
            proxmox.createToken("pxc@pve!operator", SimulatedProxmox.allPrivileges());
    private final ProxmoxClient client = ProxmoxClient.of(new Connection(
            proxmox.endpoints(), new ApiToken(token.id(), token.secret()), new Trust.Authorities(proxmox.caPem())));
    private final TaskEnds ends = new TaskEnds(INTERVAL);
    private final List<String> woken = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void listen() {
        ends.know(machine -> woken.add(machine.getName()));
    }

    @AfterEach
    void stop() {
        ends.stop();
        client.close();
        proxmox.close();
    }

    @Test
    void eachMachineIsToldOnceItsTaskHasEndedByOneCallForAllOfThem() {
        // given
        var polls = polls();
        var begun = System.nanoTime();
        for (var number = 0; number < 20; number++) {
            making("pve1", number);
        }

        // when
        await().until(() -> woken.size() == 20);

        // then
        var took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(took).isGreaterThan(LONG);
        assertThat(woken).doesNotHaveDuplicates();
        assertThat(polls() - polls).isBetween(2L, took.dividedBy(INTERVAL) + 1);
    }

    @Test
    void nobodyIsAskedOnceNothingIsWaitedFor() {
        // given
        making("pve1", 0);
        await().until(() -> woken.size() == 1);

        // then
        var last = new AtomicLong();
        await().during(INTERVAL.multipliedBy(5)).until(() -> {
            var polls = polls();
            return last.getAndSet(polls) == polls;
        });
    }

    @Test
    void aNodeThatGivesNoAnswerKeepsNobodyWaitingAndIsAskedMoreSeldomUntilItDoes() {
        // given
        making("pve1", 1);
        making("pve2", 2);
        proxmox.faults().nodeDown("pve1");

        // when
        await().until(() -> woken.contains("machine-2"));

        // then
        assertThat(woken).containsExactly("machine-2");
        var polls = polls();
        await().pollDelay(INTERVAL.multipliedBy(20)).until(() -> true);
        assertThat(polls() - polls).isLessThanOrEqualTo(3);

        // when
        proxmox.faults().nodeUp("pve1");

        // then
        await().until(() -> woken.contains("machine-1"));
    }

    /** A guest is made there, and a machine waits for that. */
    private void making(String node, int number) {
        var machine = Given.machine();
        machine.getMetadata().setName("machine-" + number);
        var task = client.guests().createVm(node, new Vmid(10_000 + number), Map.of("memory", "64"));
        ends.await(outcome(machine, task), new Situation.Usable(null, null, client), machine);
    }

    private static Outcome outcome(Machine machine, Upid task) {
        return new Outcome(
                Progress.of(machine).withTask(Optional.of(task)),
                Phase.Creating,
                new Verdict.Progressing(MachineReason.Creating, "it is made"),
                Optional.empty());
    }

    private long polls() {
        return proxmox.requests().count("GET", "/nodes/{node}/tasks");
    }
}
