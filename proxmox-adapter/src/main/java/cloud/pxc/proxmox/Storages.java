package cloud.pxc.proxmox;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Storages, what is on them, and how something gets there. */
public final class Storages {

    private final Api api;

    Storages(Api api) {
        this.api = api;
    }

    /** {@code GET /nodes/{node}/storage/{storage}/content}, of one type. */
    public List<Volume> content(String node, String storage, ContentType type) {
        return Answers.volumes(api.get(
                ApiCall.get("/nodes/{}/storage/{}/content", node, storage).with("content", type.word())));
    }

    /**
     * {@code POST …/upload}: the bytes are there when this returns, the volume {@code storage:type/filename} when the task ends
     * well. One that is there already is overwritten.
     *
     * @param type {@code ISO}, {@code VZTMPL} or {@code IMPORT}
     * @param filename with the suffix that Proxmox VE wants for the type: {@code .iso}, {@code .tar.zst}, {@code .qcow2}, …
     */
    public Upid upload(String node, String storage, ContentType type, String filename, byte[] content) {
        return api.start(ApiCall.post("/nodes/{}/storage/{}/upload", node, storage)
                .with("content", type.word())
                .uploading(filename, content));
    }

    /**
     * {@code POST …/download-url}: the node fetches the file itself. Needs Datastore.AllocateTemplate on the storage and
     * Sys.AccessNetwork on the node (or Sys.Audit and Sys.Modify on /).
     *
     * @param checksum the task fails when the file is another one
     */
    public Upid download(
            String node, String storage, ContentType type, String filename, URI url, Optional<Checksum> checksum) {
        var call = ApiCall.post("/nodes/{}/storage/{}/download-url", node, storage)
                .with("content", type.word())
                .with("filename", filename)
                .with("url", url.toString());
        return api.start(checksum.map(
                        sum -> call.with("checksum-algorithm", sum.algorithm()).with("checksum", sum.hex()))
                .orElse(call));
    }

    /** {@code GET /nodes/{node}/aplinfo}: what can be downloaded by {@link #downloadTemplate}. */
    public List<ContainerTemplate> templates(String node) {
        return Answers.templates(api.get(ApiCall.get("/nodes/{}/aplinfo", node)));
    }

    /** {@code POST /nodes/{node}/aplinfo}: {@code storage:vztmpl/template} is there when the task ends well. */
    public Upid downloadTemplate(String node, String storage, String template) {
        return api.start(
                ApiCall.post("/nodes/{}/aplinfo", node).with("storage", storage).with("template", template));
    }

    /**
     * {@code DELETE …/content/{volume}}; needs Datastore.Allocate on the storage.
     *
     * @return the task; empty when it is gone already
     */
    public Optional<Upid> delete(String node, String volid) {
        var storage = volid.contains(":") ? volid.substring(0, volid.indexOf(':')) : "";
        if (storage.isEmpty()) {
            throw new IllegalArgumentException("A volume looks like storage:name, was " + volid);
        }
        return Answers.task(api.change(ApiCall.delete("/nodes/{}/storage/{}/content/{}", node, storage, volid)));
    }
}
