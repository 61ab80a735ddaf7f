package cloud.pxc.e2e;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.Programs;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the doors shut that docs/architecture.md names, and keeps the habits that a compiler can't. */
class ArchitectureTest {

    private static final List<String> MODULES = List.of(
            "crds",
            "ledger",
            "proxmox-adapter",
            "dns-adapter",
            "acme-adapter",
            "operator",
            "admission-webhook",
            "e2e/world",
            "e2e");

    private static final String CRDS = "cloud.pxc.crds..";
    private static final String LEDGER = "cloud.pxc.ledger..";
    private static final String PROXMOX = "cloud.pxc.proxmox..";
    private static final String DNS = "cloud.pxc.dns..";
    private static final String ACME = "cloud.pxc.acme..";
    private static final String OPERATOR = "cloud.pxc.operator..";
    private static final String ADMISSION = "cloud.pxc.admission..";
    private static final String WORLD = "cloud.pxc.world..";
    private static final String E2E = "cloud.pxc.e2e..";

    private static JavaClasses ours;

    static Stream<Path> sources() {
        return MODULES.stream().map(module -> Programs.projectRoot().resolve(module + "/src/main/java"));
    }

    @BeforeAll
    static void readClasses() {
        ours = new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(module -> Programs.projectRoot().resolve(module + "/target/classes"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "cloud.pxc.crds.., 60",
        "cloud.pxc.ledger.., 15",
        "cloud.pxc.proxmox.., 15",
        "cloud.pxc.dns.., 15",
        "cloud.pxc.acme.., 15",
        "cloud.pxc.operator.., 150",
        "cloud.pxc.admission.., 10",
        "cloud.pxc.world.., 80"
    })
    void everyModuleIsLookedAt(String packages, int atLeast) {
        var within = JavaClass.Predicates.resideInAPackage(packages);

        assertThat(ours.stream().filter(within).count()).isGreaterThan(atLeast);
    }

    @Test
    void theApiKnowsNothingButTheKubernetesModel() {
        noClasses()
                .that()
                .resideInAPackage(CRDS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LEDGER, PROXMOX, DNS, ACME, OPERATOR, ADMISSION, WORLD, E2E)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8.kubernetes.client.dsl..",
                        "io.javaoperatorsdk..",
                        "io.quarkus..",
                        "java.net.http..",
                        "java.sql..")
                .check(ours);
    }

    @ParameterizedTest
    @CsvSource({LEDGER, PROXMOX, DNS, ACME})
    void adaptersAndLedgerKnowNothingOfKubernetesNorOfEachOther(String adapter) {
        noClasses()
                .that()
                .resideInAPackage(adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(others(adapter, CRDS, LEDGER, PROXMOX, DNS, ACME, OPERATOR, ADMISSION, WORLD, E2E))
                .check(ours);
    }

    @Test
    void reconcilersKnowNoHttpNoDnsMessageAndNoSql() {
        noClasses()
                .that()
                .resideInAPackage(OPERATOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "okhttp3..",
                        "java.net.http..",
                        "org.xbill..",
                        "org.shredzone..",
                        "java.sql..",
                        "javax.sql..",
                        "jakarta.persistence..",
                        "org.hibernate..",
                        "io.quarkus.hibernate..",
                        ADMISSION,
                        WORLD,
                        E2E)
                .check(ours);
    }

    @Test
    void theWebhookTouchesNeitherNamesNorMachines() {
        noClasses()
                .that()
                .resideInAPackage(ADMISSION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        PROXMOX,
                        DNS,
                        ACME,
                        OPERATOR,
                        WORLD,
                        E2E,
                        "java.sql..",
                        "jakarta.persistence..",
                        "org.hibernate..")
                .check(ours);
    }

    @Test
    void theWorldKnowsNothingOfWhatRunsInIt() {
        noClasses()
                .that()
                .resideInAPackage(WORLD)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CRDS, LEDGER, PROXMOX, DNS, ACME, OPERATOR, ADMISSION, E2E)
                .check(ours);
    }

    @Test
    void plannersDoNoInputAndOutput() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Planner")
                .or()
                .haveSimpleNameEndingWith("Plan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8.kubernetes.client.dsl..", "org.jboss.logging..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java.time.Clock|.*[.]KubernetesClient")
                .check(ours);
    }

    @Test
    void timeComesInThroughTheConstructor() {
        noClasses()
                .that()
                .resideInAnyPackage(CRDS, LEDGER, PROXMOX, DNS, ACME, OPERATOR, ADMISSION)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(ours);
    }

    /** No command is put together from what people write, since none is run: neither here nor, by SSH, on a host or in a guest. */
    @Test
    void nothingRunsCommands() {
        noClasses()
                .that()
                .resideInAnyPackage(CRDS, LEDGER, PROXMOX, DNS, ACME, OPERATOR, ADMISSION)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.sshd..", "com.jcraft.jsch..", "net.schmizz.sshj..")
                .orShould()
                .callMethodWhere(target(name("exec")).and(target(owner(type(Runtime.class)))))
                .check(ours);
    }

    /** One place waits for a name server that has no command to wait by. */
    @Test
    void nothingSleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackage(WORLD)
                .and()
                .doNotHaveFullyQualifiedName("cloud.pxc.dns.ZoneServer")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(ours);
    }

    @Test
    void nothingPrintsButTheDemo() {
        noClasses()
                .that()
                .resideOutsideOfPackage(E2E)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ours);
    }

    @Test
    void namesAreTheFieldsOwnWords() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service)")
                .orShould()
                .haveNameMatching(".*[.$](Abstract|Base)[A-Z].*")
                .check(ours);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyPackageSaysWhatItIsFor(Path source) throws IOException {
        try (var files = Files.walk(source)) {
            var packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(packages).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                    .exists());
        }
    }

    private static String[] others(String one, String... all) {
        return Stream.of(all).filter(each -> !each.equals(one)).toArray(String[]::new);
    }
}
