package dev.step.daemon.auth;

import dev.step.protocol.Digest;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The accounts of a server, in a document that {@link AccountsFormat} draws. Several processes may use it: what one has
 * changed, the others see as soon as the document allows. Safe for any number of threads.
 */
public final class Accounts {
    /** What the document is called that a store has its accounts in, unless the admin says otherwise. */
    public static final String NAME = "accounts";

    private final SharedDocument document;
    private final SharedDocument.Known<Map<UserName, Account>> known;

    /** Reads and edits this document; a missing one has no accounts. */
    public Accounts(SharedDocument document) {
        this.document = document;
        this.known = document.known(this::parse);
    }

    /** Reads and edits this file. */
    public Accounts(Path file) {
        this(new DocumentFile(file));
    }

    /** Where a store in a folder has its accounts, unless the admin says otherwise. */
    public static Path ofStore(Path store) {
        return store.resolve(NAME);
    }

    Optional<Account> find(UserName user) throws IOException {
        return Optional.ofNullable(known.current().get(user));
    }

    /** For who would refuse somebody because of what is known, see {@link SharedDocument.Known#lookAgain}. */
    void lookAgain() {
        known.lookAgain();
    }

    /** Everybody, in the order in which they were added. */
    public Collection<Account> all() throws IOException {
        return known.current().values();
    }

    /** Whether there is nobody who could log in. */
    public boolean isEmpty() throws IOException {
        return known.current().isEmpty();
    }

    /** An IOException if there is an account of that name already. */
    public void checkNew(UserName user) throws IOException {
        if (find(user).isPresent()) {
            throw already(user);
        }
    }

    /** An IOException if there is no account of that name. */
    public void checkKnown(UserName user) throws IOException {
        if (find(user).isEmpty()) {
            throw noSuch(user);
        }
    }

    /** Adds an account; an IOException if there is one of that name. */
    public void add(UserName user, String password) throws IOException {
        Account account = Account.of(user, PasswordHash.of(Digest.md5Hex(password)));
        edit(accounts -> {
            if (accounts.putIfAbsent(user, account) != null) {
                throw already(user);
            }
        });
    }

    /** Gives an account another password; tokens that were issued for it die. */
    public void setPassword(UserName user, String password) throws IOException {
        PasswordHash hash = PasswordHash.of(Digest.md5Hex(password));
        change(user, account -> account.withPassword(hash));
    }

    /** Keeps a user out, or lets one in again; tokens that were issued for the account die. */
    public void setDisabled(UserName user, boolean disabled) throws IOException {
        change(user, account -> account.withDisabled(disabled));
    }

    /** Gives an account another quota; tokens live on. */
    public void setQuota(UserName user, UnaryOperator<OwnQuota> change) throws IOException {
        change(user, account -> account.withQuota(change.apply(account.quota())));
    }

    /** The quota that an account has for itself; an IOException if there is none of that name. */
    public OwnQuota quota(UserName user) throws IOException {
        return find(user).orElseThrow(() -> noSuch(user)).quota();
    }

    /** Removes an account, and nothing of what its user has stored. */
    public void remove(UserName user) throws IOException {
        edit(accounts -> {
            if (accounts.remove(user) == null) {
                throw noSuch(user);
            }
        });
    }

    /** Replaces a hash by one of the same password at today's cost, unless the password was changed meanwhile. */
    void rehash(Account from, PasswordHash fresh) throws IOException {
        change(from.user(), account -> account.epoch() == from.epoch() ? account.withRehashed(fresh) : account);
    }

    private void change(UserName user, UnaryOperator<Account> change) throws IOException {
        edit(accounts -> {
            Account old = accounts.get(user);
            if (old == null) {
                throw noSuch(user);
            }
            accounts.put(user, change.apply(old));
        });
    }

    private void edit(Edit edit) throws IOException {
        document.edit(before -> {
            Map<UserName, Account> accounts = new LinkedHashMap<>(parse(before));
            edit.apply(accounts);
            return Optional.of(AccountsFormat.write(accounts));
        });
    }

    private Map<UserName, Account> parse(Optional<byte[]> text) throws IOException {
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            return AccountsFormat.read(text.get());
        } catch (IOException e) {
            throw new IOException("Cannot read the accounts: " + document.place() + ", " + e.getMessage(), e);
        }
    }

    private static IOException already(UserName user) {
        return new IOException("There is an account \"" + user + "\" already.");
    }

    private static IOException noSuch(UserName user) {
        return new IOException("There is no account \"" + user + "\".");
    }

    /** Changes the accounts, or refuses to. */
    private interface Edit {
        void apply(Map<UserName, Account> accounts) throws IOException;
    }
}
