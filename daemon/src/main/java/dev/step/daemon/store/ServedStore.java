package dev.step.daemon.store;

/** A store as a server has it open: for its clients, and for those who watch it. */
public interface ServedStore extends Store, StoreWatch {}
