package cloud.pxc.world.proxmox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST …/download-url} and {@code /aplinfo}: a node fetches a file from elsewhere, in a task ({@code download}).
 */
final class DownloadCalls {
    private final Tasks tasks;
    private final Storages storages;
    private final Downloads downloads;
    private final List<ContainerTemplate> templates;

    DownloadCalls(Platform platform, Path files, List<ContainerTemplate> templates) {
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.downloads = new Downloads(storages, platform.cluster().time(), files);
        this.templates = List.copyOf(templates);
    }

    void register(Router router) {
        router.on("POST /nodes/{node}/storage/{storage}/download-url", this::downloadUrl);
        router.on(
                "GET /nodes/{node}/aplinfo",
                call -> templates.stream().map(DownloadCalls::entry).toList());
        router.on("POST /nodes/{node}/aplinfo", this::downloadTemplate);
    }

    private Object downloadUrl(Call call) {
        var node = call.text("node");
        var spec = storages.enabled(call.text("storage"), node);
        if (spec.kind() != StorageSpec.Kind.DIR) {
            throw ApiException.failure(
                    "can't upload to storage type '" + spec.kind().type() + "', not a file based storage!");
        }
        if (!spec.content().contains(call.text("content"))) {
            throw ApiException.failure(
                    "storage '" + spec.name() + "' is not configured for content-type '" + call.text("content") + "'");
        }
        var content = FileContent.of(spec, call.text("content"), call.text("filename"));
        var checksum = Checksum.of(call);
        var verify = !call.has("verify-certificates") || call.flag("verify-certificates");
        var destination = storages.path(content.volume(0, 0, Path.of("")));
        return tasks.fork(call, "download", content.filename(), log -> {
            if (call.has("compression")) {
                throw ApiException.failure("decompression not supported for " + content.content());
            }
            var source = Downloads.http(call.text("url"), verify, destination);
            downloads.run(node, content, call.text("url"), checksum, source, log);
        });
    }

    private Object downloadTemplate(Call call) {
        var template = templates.stream()
                .filter(offered -> offered.file().equals(call.text("template")))
                .findFirst()
                .orElseThrow(() -> ApiException.parameter("template", "no such template"));
        var spec = storages.enabled(call.text("storage"), call.text("node"));
        if (!spec.content().contains("vztmpl")) {
            throw ApiException.failure("storage '" + spec.name() + "' does not support templates");
        }
        var content = FileContent.of(spec, "vztmpl", template.file());
        var destination = storages.path(content.volume(0, 0, Path.of("")));
        Downloads.Source source = template.location().isPresent()
                ? Downloads.http(template.url(), true, destination)
                : to -> Files.write(to, madeUp(template));
        var checksum = Optional.of(new Checksum("sha512", sha512(template)));
        return tasks.fork(
                call,
                "download",
                template.file(),
                log -> downloads.run(call.text("node"), content, template.url(), checksum, source, log));
    }

    private static Map<String, Object> entry(ContainerTemplate template) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("template", template.file());
        entry.put("package", template.packageName());
        entry.put("version", template.version());
        entry.put("os", template.os());
        entry.put("architecture", template.architecture());
        entry.put("section", "system");
        entry.put("type", "lxc");
        entry.put("headline", template.headline());
        entry.put("description", template.headline());
        entry.put("location", template.url());
        entry.put("sha512sum", sha512(template));
        return entry;
    }

    private static String sha512(ContainerTemplate template) {
        return template.sha512().orElseGet(() -> {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(madeUp(template)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This Java has no SHA-512", e);
            }
        });
    }

    private static byte[] madeUp(ContainerTemplate template) {
        return ("simulated container template " + template.file() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
