/**
 * What any store has to be like, however it dies: clients that know what they were answered ({@link
 * dev.step.daemon.store.model.CrashClients}), and hold it to that.
 */
package dev.step.daemon.store.model;
