package dev.step.shell.command;

import java.util.List;
import java.util.Optional;

/** The one list of commands: dispatch, help and completion all read it. */
public final class Commands {
    /** The name of the command whose operand is the rest of the line, as it is. */
    public static final String RUN_LOCAL = "!";

    /** Every command, in the order in which people are told about them. */
    static final List<Entry> ALL = List.of(Entry.values());

    /** Commands that are about the same thing, in that order, too. */
    enum Group {
        SERVER("The server"),
        FILES("Files"),
        VALUES("Values, small JSON objects"),
        MEASURING("Measuring"),
        THIS_MACHINE("This machine"),
        SHELL("The shell");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        List<Entry> entries() {
            return ALL.stream().filter(entry -> entry.group == this).toList();
        }
    }

    /** A command. */
    enum Entry {
        CONNECT(Group.SERVER, "connect", Completes.NOTHING),
        LOGIN(Group.SERVER, "login", Completes.NOTHING),
        LOGOUT(Group.SERVER, "logout", Completes.NOTHING),
        WHOAMI(Group.SERVER, "whoami", Completes.NOTHING),
        PUT(Group.FILES, "put", Completes.FILES_TO_KEYS),
        GET(Group.FILES, "get", Completes.KEYS_TO_FILES),
        LS(Group.FILES, "ls", Completes.KEYS),
        CAT(Group.FILES, "cat", Completes.KEYS),
        RM(Group.FILES, "rm", Completes.KEYS),
        MV(Group.FILES, "mv", Completes.KEYS),
        CP(Group.FILES, "cp", Completes.KEYS),
        INFO(Group.FILES, "info", Completes.KEYS),
        VERIFY(Group.FILES, "verify", Completes.FILES_TO_KEYS),
        UPLOADS(Group.FILES, "uploads", Completes.NOTHING),
        UPLOADS_RESUME(Group.FILES, "uploads resume", Completes.FILES_TO_KEYS),
        UPLOADS_CANCEL(Group.FILES, "uploads cancel", Completes.NOTHING),
        DATA_SAVE(Group.VALUES, "data save", Completes.NOTHING),
        DATA_GET(Group.VALUES, "data get", Completes.VALUES),
        DATA_RM(Group.VALUES, "data rm", Completes.VALUES),
        DATA_LS(Group.VALUES, "data ls", Completes.VALUES),
        BENCH(Group.MEASURING, "bench", Completes.NOTHING),
        LCD(Group.THIS_MACHINE, "lcd", Completes.FILES),
        LLS(Group.THIS_MACHINE, "lls", Completes.FILES),
        LPWD(Group.THIS_MACHINE, "lpwd", Completes.NOTHING),
        RUN_LOCAL(Group.THIS_MACHINE, Commands.RUN_LOCAL, Completes.NOTHING),
        SET(Group.SHELL, "set", Completes.SETTINGS),
        HISTORY(Group.SHELL, "history", Completes.NOTHING),
        HELP(Group.SHELL, "help", Completes.COMMANDS),
        QUIT(Group.SHELL, "quit", Completes.NOTHING),
        EXIT(Group.SHELL, "exit", Completes.NOTHING);

        private final Group group;
        private final String words;
        private final Completes completes;

        /**
         * One of them.
         *
         * @param words its name: one word, or two
         * @param completes what its operands name
         */
        Entry(Group group, String words, Completes completes) {
            this.group = group;
            this.words = words;
            this.completes = completes;
        }

        /** Its name: one word, or two. */
        String words() {
            return words;
        }

        int wordCount() {
            return words.indexOf(' ') < 0 ? 1 : 2;
        }

        /** What its operands name. */
        Completes completes() {
            return completes;
        }

        /** By a switch: a reference to each constructor would have to be linked at every start. */
        ShellCommand make(ShellContext context) {
            return switch (this) {
                case CONNECT -> new ConnectCommand(context);
                case LOGIN -> new LoginCommand(context);
                case LOGOUT -> new LogoutCommand(context);
                case WHOAMI -> new WhoamiCommand(context);
                case PUT -> new PutCommand(context);
                case GET -> new GetCommand(context);
                case LS -> new LsCommand(context);
                case CAT -> new CatCommand(context);
                case RM -> new RmCommand(context);
                case MV -> new MvCommand(context);
                case CP -> new CpCommand(context);
                case INFO -> new InfoCommand(context);
                case VERIFY -> new VerifyCommand(context);
                case UPLOADS -> new UploadsCommand(context);
                case UPLOADS_RESUME -> new UploadsResumeCommand(context);
                case UPLOADS_CANCEL -> new UploadsCancelCommand(context);
                case DATA_SAVE -> new DataSaveCommand(context);
                case DATA_GET -> new DataGetCommand(context);
                case DATA_RM -> new DataRmCommand(context);
                case DATA_LS -> new DataLsCommand(context);
                case BENCH -> new BenchCommand(context);
                case LCD -> new LcdCommand(context);
                case LLS -> new LlsCommand(context);
                case LPWD -> new LpwdCommand(context);
                case RUN_LOCAL -> new RunLocalCommand(context);
                case SET -> new SetCommand(context);
                case HISTORY -> new HistoryCommand(context);
                case HELP -> new HelpCommand(context);
                case QUIT, EXIT -> new QuitCommand(context);
            };
        }

        private boolean begins(List<String> line) {
            return wordCount() <= line.size() && words.equals(String.join(" ", line.subList(0, wordCount())));
        }
    }

    private Commands() {}

    /** The command that these words begin with: of two, the one with the longer name. */
    static Optional<Entry> find(List<String> words) {
        Optional<Entry> found = Optional.empty();
        for (Entry entry : ALL) {
            if (entry.begins(words)
                    && (found.isEmpty() || entry.wordCount() > found.get().wordCount())) {
                found = Optional.of(entry);
            }
        }
        return found;
    }
}
