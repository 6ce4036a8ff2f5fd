CREATE TABLE "event_partitions" (
	"number" integer PRIMARY KEY NOT NULL,
	"attached_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"opened_at" timestamp with time zone
);
--> statement-breakpoint
-- The log so far becomes the first partition: it is read once, to check the constraint that spares attaching it a second reading, and
-- not copied. One that holds events counts as old, so that the next partition is opened at once.
INSERT INTO "event_partitions" ("number", "opened_at")
  SELECT 0, CASE WHEN EXISTS (SELECT FROM "events") THEN to_timestamp(0) ELSE clock_timestamp() END;--> statement-breakpoint
DROP INDEX "events_recorded";--> statement-breakpoint
ALTER TABLE "events" RENAME TO "events_0";--> statement-breakpoint
ALTER TABLE "events_0" RENAME CONSTRAINT "events_workspace_id_sequence_pk" TO "events_0_pkey";--> statement-breakpoint
ALTER TABLE "events_0" ADD COLUMN "partition" integer DEFAULT 0 NOT NULL, ADD CONSTRAINT "events_0_partition" CHECK ("partition" = 0);--> statement-breakpoint
ALTER TABLE "events_0" ALTER COLUMN "partition" DROP DEFAULT;--> statement-breakpoint
CREATE TABLE "events" (LIKE "events_0" INCLUDING DEFAULTS) PARTITION BY LIST ("partition");--> statement-breakpoint
ALTER TABLE "events" ATTACH PARTITION "events_0" FOR VALUES IN (0);--> statement-breakpoint
ALTER TABLE "events_0" DROP CONSTRAINT "events_0_partition";
