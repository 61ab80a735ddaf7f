package cloud.pxc.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference page is the one that types and settings make; {@code make fmt} renews it. */
class ReferencePageTest {

    private static final Path ROOT = Path.of(System.getProperty("pxc.root"));
    private static final Path PAGE = ROOT.resolve("docs/reference.md");

    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        // given
        var page = new ReferencePage();
        for (var kind : GeneratedCrdsTest.kinds()) {
            page.kind(crd(kind));
        }
        for (var settings : SettingsSource.all(ROOT)) {
            page.settings(settings);
        }

        // when
        var text = page.text();
        if (Boolean.getBoolean("pxc.renew")) {
            Files.writeString(PAGE, text);
        }

        // then
        assertThat(PAGE)
                .as("%s differs from the types and settings; renew it with: make fmt", PAGE)
                .hasContent(text);
    }

    @Test
    void everySettingIsExplained() throws IOException {
        assertThat(SettingsSource.all(ROOT)).isNotEmpty().allSatisfy(settings -> assertThat(settings.settings())
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.name()).isNotBlank()));
    }

    private static CustomResourceDefinition crd(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        var generated = Path.of("target/classes/META-INF/fabric8").resolve(CustomResource.getCRDName(kind) + "-v1.yml");
        return Serialization.unmarshal(
                FinishedCrd.yaml(Files.readString(generated), kind), CustomResourceDefinition.class);
    }
}
