package cloud.pxc.operator.doctor;

import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ProxmoxClient;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code doctor}: looks at a Proxmox VE cluster, says what is missing, and tries it out when told to. */
@Command(
        name = "doctor",
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = {
            "Usage: doctor --url https://HOST:8006 --token-file FILE [--ca-file FILE | --fingerprint AA:BB:… | --insecure]",
            "              [--machines-storage NAME] [--images-storage NAME] [--bridge NAME] [--vlan N] [--vmids FROM-TO]",
            "              [--types TYPES] [--exercise [--node NAME] [--download-template]] [--json]",
            ""
        },
        description = {
            "Looks whether a Proxmox VE cluster has what machines need: version, quorum, privileges of the token, storages, bridge,"
                    + " VMIDs. Says what is missing, with the commands that help. Changes nothing without --exercise.",
            "Exit code: 0 all well, 1 something is missing, 2 wrong arguments."
        })
public final class Doctor implements Callable<Integer> {

    private final Map<String, String> environment;
    private final Clock clock;
    private final RandomGenerator random;

    @Mixin
    private Arguments arguments;

    @Option(
            names = "--exercise",
            description = "Make a small VM and a container, clone, grow, start, stop and destroy them, and clean up.")
    private boolean exercise;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Node to exercise on; unless said, the one with most memory free.")
    private String node;

    @Option(
            names = "--download-template",
            description = "Let the exercise fetch a container template where none is there, and remove it again.")
    private boolean downloadTemplate;

    @Option(names = "--json", description = "Tell everything as one JSON object, at the end.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    private boolean help;

    @Spec
    private CommandSpec command;

    Doctor(Map<String, String> environment, Clock clock, RandomGenerator random) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.random = random;
    }

    /** @return the exit code: 0 all well, 1 something is missing, 2 wrong arguments */
    public static int run(String... arguments) {
        return commandLine(new Doctor(System.getenv(), Clock.systemUTC(), RandomGenerator.getDefault()))
                .execute(arguments);
    }

    static CommandLine commandLine(Doctor doctor) {
        return new CommandLine(doctor)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> {
                    var line = wrong.getCommandLine();
                    line.getErr().println(wrong.getMessage());
                    line.getErr().println("See: doctor --help");
                    return line.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    @Override
    public Integer call() {
        var connection = connection();
        var inquiry = inquiry(connection);
        var out = command.commandLine().getOut();
        var printer = json ? new JsonPrinter(out) : new TablePrinter(out, Ansi.AUTO.enabled() && marksAreShown());
        var choice = exercise
                ? Optional.of(new Visit.Choice(Optional.ofNullable(node), downloadTemplate))
                : Optional.<Visit.Choice>empty();
        return Departure.heedingSignals(
                interruption -> new Visit(connection, inquiry, printer, clock, Patience.USUAL, interruption)
                        .run(choice, runName())
                        .exitCode());
    }

    /** Whether what is written to has them, and not question marks in their place. */
    private static boolean marksAreShown() {
        var encoding =
                System.getProperty("stdout.encoding", Charset.defaultCharset().name());
        return Charset.forName(encoding).newEncoder().canEncode('✓');
    }

    private Connection connection() {
        try {
            var connection = arguments.connection(environment);
            ProxmoxClient.of(connection).close(); // connects to nobody, and says what is wrong with it
            return connection;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private Inquiry inquiry(Connection connection) {
        try {
            return arguments.inquiry(connection.token().id());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private String runName() {
        return Exercise.TAG + "-" + String.format("%06x", random.nextInt(1 << 24));
    }
}
