package dev.step.daemon.request;

import dev.step.daemon.auth.Caller;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.UserData;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.DataValue;
import dev.step.protocol.message.DeleteData;
import dev.step.protocol.message.GetData;
import dev.step.protocol.message.KeyAnswer;
import dev.step.protocol.message.ListData;
import dev.step.protocol.message.SaveData;
import java.io.IOException;
import java.util.UUID;

/** Requests about values. */
final class DataHandler {
    private final Store store;

    DataHandler(Store store) {
        this.store = store;
    }

    Reply save(SaveData request, Caller caller, Client client) throws IOException, RefusedException {
        Key key = request.key().orElseGet(() -> new Key(UUID.randomUUID().toString()));
        data(caller).save(key, request.value());
        return new Reply("Data is saved with key \"" + key + "\"", new KeyAnswer(key)).after(Change.of(key));
    }

    Reply get(GetData request, Caller caller, Client client) throws IOException, RefusedException {
        return new Reply("OK", new DataValue(request.key(), data(caller).get(request.key())));
    }

    Reply list(ListData request, Caller caller, Client client) throws IOException {
        return new Reply("These are the values.", data(caller).list(request.query()));
    }

    Reply delete(DeleteData request, Caller caller, Client client) throws IOException, RefusedException {
        data(caller).delete(request.key());
        return new Reply("The \"key\" " + request.key() + " is deleted.", new KeyAnswer(request.key()))
                .after(Change.of(request.key()));
    }

    private UserData data(Caller caller) {
        return store.data(caller.user());
    }
}
