package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is secret stays in its Secret: not a word of it is in logs, statuses, events or annotations, also where things go wrong. */
@ExtendWith(InCloud.class)
class SecrecyTest {

    private static final String WRONG = "5ec4e7aa-0000-4000-8000-000000000000";
    private static final String HASH = "$6$rounds=5000$secrecy$QWxsIHRoYXQgaXMgc2VjcmV0IHN0YXlzIHNlY3JldA";

    @Test
    void noSecretIsToldOfAnywhere(Cloud cloud) throws IOException {
        try (var pasture = Pasture.of(cloud, "secrecy", 7)) {
            // given
            var plot = pasture.plot();
            var right = tokenSecret(cloud, pasture);
            cloud.credentials().put(pasture.tokenSecret(), Map.of("tokenId", pasture.tokenId(), "tokenSecret", WRONG));
            plot.apply(pasture.manifest());
            Plot.says(() -> Plot.why(pasture.ready()), "TokenRefused");
            cloud.credentials().put(pasture.tokenSecret(), Map.of("tokenId", pasture.tokenId(), "tokenSecret", right));
            plot.create(new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(plot.namespace())
                    .withName("ops")
                    .endMetadata()
                    .addToStringData("hash", HASH)
                    .build());

            // when
            plot.apply(pasture.stackManifest("shop")
                    .replace(
                            "image: debian-12,",
                            "cloudInit: {passwordRef: {name: ops, key: hash}}, image: debian-12,"));
            Plot.becomesTrue(() -> pasture.stackReady("shop"));

            await().until(() -> !plot.events("shop-web-0", "Created").isEmpty());

            // then
            var hash = HASH.substring(HASH.lastIndexOf('$') + 1);
            assertThat(told(cloud, pasture))
                    .anyMatch(text -> text.contains("machine=" + plot.namespace() + "/shop-web-0"))
                    .anyMatch(text -> text.contains("cluster=" + plot.namespace() + " ready=false"))
                    .anyMatch(text -> text.contains("Created"))
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContain(right, WRONG, hash)
                            .doesNotContain(encoded(right), encoded(WRONG), encoded(HASH)));
        }
    }

    private static List<String> told(Cloud cloud, Pasture pasture) throws IOException {
        var texts = new ArrayList<String>();
        texts.add(Files.readString(cloud.operator().log()));
        texts.add(Files.readString(cloud.webhook().log()));
        var objects = new ArrayList<HasMetadata>(pasture.machines());
        objects.add(pasture.stack("shop"));
        objects.addAll(cloud.admin().resources(ProxmoxCluster.class).list().getItems());
        objects.addAll(cloud.admin().v1().events().inAnyNamespace().list().getItems());
        objects.forEach(object -> texts.add(Serialization.asYaml(object)));
        return texts;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String tokenSecret(Cloud cloud, Pasture pasture) {
        var encoded = cloud.admin()
                .secrets()
                .inNamespace("pxc-system")
                .withName(pasture.tokenSecret())
                .get()
                .getData()
                .get("tokenSecret");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
