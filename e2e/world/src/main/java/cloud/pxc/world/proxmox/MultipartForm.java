package cloud.pxc.world.proxmox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** An uploaded form: the fields before the file, and the file. */
record MultipartForm(Map<String, Object> fields, Optional<Path> file) {
    static MultipartForm read(RawRequest request) {
        throw ApiException.of(501, "upload");
    }
}
