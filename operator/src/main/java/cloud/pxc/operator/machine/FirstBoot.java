package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestInterface;
import cloud.pxc.proxmox.ProxmoxException;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Asks guests whether they have booted, and which addresses they have got by themselves. Nothing waits for the answer; one that
 * has answered is asked no more, unless its addresses may change.
 */
@ApplicationScoped
class FirstBoot {

    static final String CONDITION = "Booted";

    private static final Logger LOG = Logger.getLogger(FirstBoot.class);
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofSeconds(15);
    /** After that long nobody is there to answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Clock clock;
    private final ClusterSettings settings;
    private final Transitions transitions;
    /** When each machine, by its uid, was last asked for addresses that may change. */
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();

    FirstBoot(Clock clock, ClusterSettings settings, Transitions transitions) {
        this.clock = clock;
        this.settings = settings;
        this.transitions = transitions;
    }

    /** What is told of the first boot. */
    record Told(boolean over, MachineReason reason, String message) {}

    /** What a pass came to whose guest runs as its spec says, with what the guest tells of itself. */
    Outcome look(Machine machine, Situation.Usable usable, Outcome outcome) {
        if (outcome.phase() != Phase.Running || !(outcome.verdict() instanceof Verdict.Ready) || !canBeAsked(machine)) {
            return outcome;
        }
        var nics = ToldNics.of(machine, usable.cluster());
        var learns = nics.stream().mapToInt(Nic::learns).sum();
        var progress = outcome.progress();
        if (!isDue(machine, progress, learns)) {
            return learns == 0 ? outcome : again(outcome, settings.recheck());
        }
        var told = interfaces(machine, usable, progress);
        if (told.isEmpty()) {
            return again(outcome, unanswered(machine, learns));
        }
        asked.put(machine.getMetadata().getUid(), clock.instant());
        var learned = LearnedAddresses.of(nics, told.get());
        var after = progress.onceBooted().withAddresses(addresses(nics, progress, learned));
        if (!progress.booted()) {
            transitions.tell(machine, "Booted", "has booted", guest(machine, progress));
        }
        var answered =
                new Outcome(after, outcome.phase(), outcome.verdict(), outcome.again(), outcome.waitingForStart());
        if (SeedPlan.isToBeDetached(machine, after)) {
            return again(answered, Duration.ofMillis(1));
        }
        if (learned.size() < learns) {
            asked.remove(machine.getMetadata().getUid());
            return again(answered, unanswered(machine, learns));
        }
        return learns == 0 ? answered : again(answered, settings.recheck());
    }

    void forget(Machine machine) {
        asked.remove(machine.getMetadata().getUid());
    }

    /** Empty where nothing is to be told of it. */
    Optional<Told> told(Machine machine, Outcome outcome) {
        var progress = outcome.progress();
        if (progress.booted()) {
            return Optional.of(new Told(true, MachineReason.Booted, "the guest has answered"));
        }
        if (!progress.started() || !canBeAsked(machine)) {
            return Optional.empty();
        }
        return Optional.of(
                waited(machine).compareTo(PATIENCE) < 0
                        ? new Told(false, MachineReason.Booting, "waiting for the guest agent to answer")
                        : new Told(
                                false,
                                MachineReason.NoAgent,
                                "no guest agent answers, so that nobody can tell whether it has booted; install qemu-guest-agent"
                                        + " (cloudInit.packages), or set the option agent to \"0\""));
    }

    private boolean isDue(Machine machine, Progress progress, int learns) {
        if (!progress.booted()) {
            return learns > 0 || waited(machine).compareTo(PATIENCE) < 0;
        }
        var last = asked.get(machine.getMetadata().getUid());
        return learns > 0 && (last == null || !last.plus(settings.recheck()).isAfter(clock.instant()));
    }

    /** The longer it takes, the more seldom; of one that has not answered for long only addresses are still wanted. */
    private Duration unanswered(Machine machine, int learns) {
        var waited = waited(machine);
        if (waited.compareTo(PATIENCE) < 0) {
            return Duration.ofMillis(Math.clamp(waited.toMillis() / 4, SOONEST.toMillis(), LATEST.toMillis()));
        }
        return learns > 0 ? PATIENCE : settings.recheck();
    }

    /** Since it is told that it boots, or has booted. */
    private Duration waited(Machine machine) {
        var since = Conditions.find(
                        machine.getStatus() == null ? null : machine.getStatus().conditions(), CONDITION)
                .map(Condition::getLastTransitionTime)
                .map(Instant::parse);
        return since.map(instant -> Duration.between(instant, clock.instant())).orElse(Duration.ZERO);
    }

    private static Optional<List<GuestInterface>> interfaces(
            Machine machine, Situation.Usable usable, Progress progress) {
        try {
            return usable.client().guests().interfaces(guest(machine, progress));
        } catch (ProxmoxException e) {
            LOG.infof("machine=%s asked=false cause=%s", MachineIdentity.name(machine), e.getMessage());
            return Optional.empty();
        }
    }

    /** What is leased, then what the guest has got by itself; that stays until it has got another. */
    private static List<String> addresses(List<Nic> nics, Progress progress, List<String> learned) {
        var leased = nics.stream().flatMap(Nic::addresses).toList();
        var rest = learned.isEmpty()
                ? progress.addresses().stream().filter(address -> !leased.contains(address))
                : learned.stream();
        return Stream.concat(leased.stream(), rest).distinct().toList();
    }

    private static GuestId guest(Machine machine, Progress progress) {
        return new GuestId(
                MachineObserver.type(machine),
                progress.node().orElseThrow(),
                progress.vmid().orElseThrow());
    }

    /** Whether somebody is there to answer: an agent, unless it is turned off; Proxmox itself for a container. */
    private static boolean canBeAsked(Machine machine) {
        var agent = machine.getSpec().options().getOrDefault("agent", "1");
        return machine.getSpec().type() == MachineType.container || agent.matches("(enabled=)?1(,.*)?");
    }

    /** At the latest after that time; sooner where that was meant anyway. */
    private static Outcome again(Outcome outcome, Duration latest) {
        var again = outcome.again().filter(pause -> pause.compareTo(latest) < 0).orElse(latest);
        return new Outcome(
                outcome.progress(), outcome.phase(), outcome.verdict(), Optional.of(again), outcome.waitingForStart());
    }
}
