package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * {@code POST …/upload}: a file of the request becomes a volume, in a task ({@code imgcopy}). An existing one is
 * overwritten.
 */
final class UploadCalls {
    private final Cluster cluster;
    private final Tasks tasks;
    private final Storages storages;
    private final Path files;

    /** @param files folder for the bytes of volumes */
    UploadCalls(Platform platform, Path files) {
        this.cluster = platform.cluster();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.files = files;
    }

    void register(Router router) {
        router.on("POST /nodes/{node}/storage/{storage}/upload", this::upload);
    }

    private Object upload(Call call) {
        var node = call.text("node");
        var spec = storages.enabled(call.text("storage"), node);
        if (spec.kind() != StorageSpec.Kind.DIR) {
            throw ApiException.failure(
                    "can't upload to storage type '" + spec.kind().type() + "'");
        }
        var uploaded = call.upload().orElseThrow(() -> ApiException.failure("missing temporary file name"));
        var content = FileContent.of(spec, call.text("content"), call.text("filename"));
        if (!spec.content().contains(content.content())) {
            throw ApiException.failure(
                    "storage '" + spec.name() + "' does not support '" + content.content() + "' content");
        }
        var kept = keep(uploaded);
        return tasks.fork(call, "imgcopy", "", log -> {
            try {
                copy(call, content, kept, log);
            } catch (ApiException | InterruptedException e) {
                Files.deleteIfExists(kept);
                throw e;
            }
        });
    }

    /** The request's own file goes when the request ends; the task's stays. */
    private Path keep(Path uploaded) {
        try {
            return Files.move(uploaded, files.resolve(UUID.randomUUID().toString()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The upload " + uploaded + " could not be kept", e);
        }
    }

    private void copy(Call call, FileContent content, Path file, TaskLog log) throws IOException, InterruptedException {
        var temporary = "/var/tmp/pveupload-" + file.getFileName().toString().replace("-", "");
        log.line("starting file import from: " + temporary);
        var checksum = Checksum.of(call);
        if (checksum.isPresent()) {
            checksum.get().verify(file, log);
        }
        content.complaint(file).ifPresent(complaint -> {
            throw ApiException.failure(complaint);
        });
        var size = Files.size(file);
        var volume = content.volume(size, cluster.time().epochSecond(), file);
        log.line("target node: " + call.text("node"));
        log.line("target file: " + storages.path(volume));
        log.line("file size is: " + size);
        log.line("command: cp -- " + temporary + " " + storages.path(volume));
        log.work();
        storages.free(volume.volid(), call.text("node"));
        storages.put(volume, call.text("node"));
        log.line("finished file import successfully");
    }
}
