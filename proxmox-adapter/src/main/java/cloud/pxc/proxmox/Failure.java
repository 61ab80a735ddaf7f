package cloud.pxc.proxmox;

/**
 * What all kinds of {@link ProxmoxException} are made of.
 *
 * @param sentence for a person
 * @param said the words of Proxmox VE
 * @param cause may be null
 */
record Failure(String sentence, String said, Throwable cause) {
    Failure(String sentence, String said) {
        this(sentence, said, null);
    }
}
