/** Loaded before a program, makes PostgreSQL what BullMQ keeps its jobs in. */
import { createPostgresBackend, setDefaultBackendFactory } from 'bullmq';

setDefaultBackendFactory(createPostgresBackend);
