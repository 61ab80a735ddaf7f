package cloud.pxc.proxmox;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a person gives a token the privilege it lacks. */
final class Grant {

    /** A guest's own path: granted for all guests, for the next one will need it too. */
    private static final Pattern ONE_GUEST = Pattern.compile("/vms/\\d+");

    private Grant() {}

    /**
     * A token with privilege separation needs a privilege twice, itself and by its user. A role at a deeper path hides those
     * above, so that the privilege belongs into the role that is there, if one is.
     */
    static String sentence(ApiToken token, String asked, Optional<String> path, List<String> privileges) {
        if (path.isEmpty()) {
            return "Token " + token.id() + " lacks a privilege for " + asked
                    + ", and Proxmox VE does not say which; compare what it has with what the documentation lists: pveum user token"
                    + " permissions " + token.user() + " " + name(token);
        }
        var where = ONE_GUEST.matcher(path.get()).matches() ? "/vms" : path.get();
        var needed = privileges.getFirst();
        return "Token " + token.id() + " lacks " + String.join(" or ", privileges) + " on " + path.get() + " for "
                + asked
                + "; grant it with: pveum acl modify " + where + " --users " + token.user() + " --tokens '" + token.id()
                + "' --roles ROLE, where ROLE is the role they have there with the privilege added (pveum role modify ROLE --append 1"
                + " --privs " + needed
                + "), or a new one if they have none there or above (pveum role add ROLE --privs " + needed
                + ")";
    }

    private static String name(ApiToken token) {
        return token.id().substring(token.id().indexOf('!') + 1);
    }
}
