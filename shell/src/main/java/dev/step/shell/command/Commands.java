package dev.step.shell.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The one list of commands: dispatch, help and completion all read it. */
public final class Commands {
    /** The name of the command whose operand is the rest of the line, as it is. */
    public static final String RUN_LOCAL = "!";

    /** In the order in which people are told about them. */
    static final List<Group> GROUPS = List.of(
            new Group(
                    "The server",
                    List.of(
                            new Entry("connect", ConnectCommand::new, Completes.NOTHING),
                            new Entry("login", LoginCommand::new, Completes.NOTHING),
                            new Entry("logout", LogoutCommand::new, Completes.NOTHING),
                            new Entry("whoami", WhoamiCommand::new, Completes.NOTHING))),
            new Group(
                    "Files",
                    List.of(
                            new Entry("put", PutCommand::new, Completes.FILES_TO_KEYS),
                            new Entry("get", GetCommand::new, Completes.KEYS_TO_FILES),
                            new Entry("ls", LsCommand::new, Completes.KEYS),
                            new Entry("cat", CatCommand::new, Completes.KEYS),
                            new Entry("rm", RmCommand::new, Completes.KEYS),
                            new Entry("mv", MvCommand::new, Completes.KEYS),
                            new Entry("cp", CpCommand::new, Completes.KEYS),
                            new Entry("info", InfoCommand::new, Completes.KEYS),
                            new Entry("verify", VerifyCommand::new, Completes.FILES_TO_KEYS),
                            new Entry("uploads", UploadsCommand::new, Completes.NOTHING),
                            new Entry("uploads resume", UploadsResumeCommand::new, Completes.FILES_TO_KEYS),
                            new Entry("uploads cancel", UploadsCancelCommand::new, Completes.NOTHING))),
            new Group(
                    "Values, small JSON objects",
                    List.of(
                            new Entry("data save", DataSaveCommand::new, Completes.NOTHING),
                            new Entry("data get", DataGetCommand::new, Completes.VALUES),
                            new Entry("data rm", DataRmCommand::new, Completes.VALUES),
                            new Entry("data ls", DataLsCommand::new, Completes.VALUES))),
            new Group("Measuring", List.of(new Entry("bench", BenchCommand::new, Completes.NOTHING))),
            new Group(
                    "This machine",
                    List.of(
                            new Entry("lcd", LcdCommand::new, Completes.FILES),
                            new Entry("lls", LlsCommand::new, Completes.FILES),
                            new Entry("lpwd", LpwdCommand::new, Completes.NOTHING),
                            new Entry(RUN_LOCAL, RunLocalCommand::new, Completes.NOTHING))),
            new Group(
                    "The shell",
                    List.of(
                            new Entry("set", SetCommand::new, Completes.SETTINGS),
                            new Entry("history", HistoryCommand::new, Completes.NOTHING),
                            new Entry("help", HelpCommand::new, Completes.COMMANDS),
                            new Entry("quit", QuitCommand::new, Completes.NOTHING),
                            new Entry("exit", QuitCommand::new, Completes.NOTHING))));

    /** Every command. */
    static final List<Entry> ALL =
            GROUPS.stream().flatMap(group -> group.entries().stream()).toList();

    /** Commands that are about the same thing. */
    record Group(String title, List<Entry> entries) {}

    /**
     * A command.
     *
     * @param name one word, or two
     * @param completes what its operands name
     */
    record Entry(String name, Function<ShellContext, ShellCommand> make, Completes completes) {
        int wordCount() {
            return name.indexOf(' ') < 0 ? 1 : 2;
        }
    }

    private Commands() {}

    /** The command that these words begin with. */
    static Optional<Entry> find(List<String> words) {
        return ALL.stream()
                .filter(entry -> entry.wordCount() <= words.size()
                        && entry.name().equals(String.join(" ", words.subList(0, entry.wordCount()))))
                .reduce((one, other) -> one.wordCount() > other.wordCount() ? one : other);
    }
}
