package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDataTemplateTest {

    private static final Map<String, String> KNOWN =
            UserDataTemplate.variables(Given.machine(), Given.usable().cluster(), List.of("10.20.1.10", "fd00:20::10"));

    @Test
    void everyVariableStandsForWhatIsKnownOfTheMachine() {
        assertThat(KNOWN)
                .containsExactly(
                        Map.entry("addresses.0", "10.20.1.10"),
                        Map.entry("addresses.1", "fd00:20::10"),
                        Map.entry("cluster", "alpha"),
                        Map.entry("domain", "cloud.example.org"),
                        Map.entry("fqdn", "web-bold-otter.shop.cloud.example.org"),
                        Map.entry("hostname", "web-bold-otter"),
                        Map.entry("namespace", "team-a"),
                        Map.entry("ordinal", "0"),
                        Map.entry("set", "web"),
                        Map.entry("stack", "shop"),
                        Map.entry("stackFqdn", "shop.cloud.example.org"));
    }

    @Test
    void variablesAreReplacedWithAndWithoutSpaces() {
        assertThat(render("{{hostname}}-{{ ordinal }} is {{addresses.1}}$1\\n{{set}}{{set}}"))
                .isEqualTo("web-bold-otter-0 is fd00:20::10$1\\nwebweb");
    }

    @Test
    void bracesBehindABackslashStay() {
        assertThat(render("docker ps --format '\\{{.Names}}' { } }}"))
                .isEqualTo("docker ps --format '{{.Names}}' { } }}");
    }

    @Test
    void anUnknownVariableIsNamedWithThoseThatAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> render("{{hostName}}"))
                .withMessage(
                        "key user-data of web has the unknown variable {{hostName}}; known are addresses.0, addresses.1,"
                                + " cluster, domain, fqdn, hostname, namespace, ordinal, set, stack, stackFqdn; write \\{{ for two braces"
                                + " that are to stay");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> render("{{ a b }}"))
                .withMessageContaining("{{ without the name of a variable and }}");
    }

    private static String render(String text) {
        return UserDataTemplate.render(text, "key user-data of web", KNOWN);
    }
}
