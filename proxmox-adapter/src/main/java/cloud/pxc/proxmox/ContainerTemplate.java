package cloud.pxc.proxmox;

/**
 * A container template that can be downloaded ({@code GET …/aplinfo}).
 *
 * @param template name of its file, which {@link Storages#downloadTemplate} takes
 * @param packageName such as {@code debian-12-standard}
 * @param version such as {@code 12.12-1}
 * @param os such as {@code debian-12}
 * @param section {@code system}, {@code turnkeylinux}, …
 */
public record ContainerTemplate(String template, String packageName, String version, String os, String section) {}
