package dev.step.shell.client;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Status;
import dev.step.protocol.message.DataList;
import dev.step.protocol.message.DataValue;
import dev.step.protocol.message.DeleteData;
import dev.step.protocol.message.GetData;
import dev.step.protocol.message.KeyAnswer;
import dev.step.protocol.message.ListData;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.SaveData;
import java.util.Optional;

/** The user's values on the server: small JSON objects, each under a key. */
public final class Values {
    private final Session session;

    public Values(Session session) {
        this.session = session;
    }

    public void save(Key key, JsonObject value) throws ClientException {
        OldServers.checkKey(session, key);
        Response response = session.exchange(new SaveData(Optional.of(key), value));
        if (response.code() == Status.EXISTS.code()) {
            throw new ClientException(Problem.EXISTS, "key " + key + " has a value already; data rm it first");
        }
        Session.read(response, KeyAnswer::read);
    }

    public JsonObject get(Key key) throws ClientException {
        OldServers.checkKey(session, key);
        return session.ask(key, new GetData(key), DataValue::read).value();
    }

    public void delete(Key key) throws ClientException {
        OldServers.checkKey(session, key);
        session.ask(key, new DeleteData(key), KeyAnswer::read);
    }

    /** One page of the keys; empty {@code after}: the first. */
    public DataList list(String prefix, Optional<String> after) throws ClientException {
        OldServers.checkList(session);
        ListQuery query = new ListQuery(prefix, Optional.empty(), after, Limits.MAX_LIST_KEYS, false);
        DataList page = session.ask(new ListData(query), DataList::read);
        RemoteFiles.checkProgress(after, page.after());
        return page;
    }
}
