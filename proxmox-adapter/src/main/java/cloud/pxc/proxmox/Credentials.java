package cloud.pxc.proxmox;

import java.util.regex.Pattern;

/** What an API token looks like. */
final class Credentials {

    private static final Pattern ID = Pattern.compile("[^\\s:/!]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]+");
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]+");

    private Credentials() {}

    /** @throws IllegalArgumentException with a sentence, that never contains the secret */
    static ApiToken checked(ApiToken token) {
        if (!ID.matcher(token.id()).matches()) {
            throw new IllegalArgumentException("The id of an API token looks like user@realm!name, was " + token.id());
        }
        if (!SECRET.matcher(token.secret()).matches()) {
            throw new IllegalArgumentException("The secret of API token " + token.id()
                    + " is empty or has a space, a line end or another character in it that no secret has");
        }
        return token;
    }
}
