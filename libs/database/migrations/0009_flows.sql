CREATE TABLE "flow_budgets" (
	"contact_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"sent" integer NOT NULL,
	CONSTRAINT "flow_budgets_contact_id_hour_pk" PRIMARY KEY("contact_id","hour")
);
--> statement-breakpoint
CREATE TABLE "flow_execution_steps" (
	"execution_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"step" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"input" json,
	"output" json,
	"error" json,
	"message_id" uuid,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "flow_execution_steps_execution_id_n_pk" PRIMARY KEY("execution_id","n")
);
--> statement-breakpoint
CREATE TABLE "flow_executions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"test" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"lane" smallint NOT NULL,
	"machine" json NOT NULL,
	"at_step" text NOT NULL,
	"n" integer DEFAULT 0 NOT NULL,
	"trigger" json NOT NULL,
	"message" json,
	"contact_id" uuid,
	"conversation_id" uuid,
	"channel_id" uuid,
	"due_at" timestamp with time zone,
	"held_due_at" timestamp with time zone,
	"wait" json,
	"waits_for" text,
	"waits_after" bigint,
	"arrival" json,
	"outside" boolean DEFAULT false NOT NULL,
	"turn" integer DEFAULT 0 NOT NULL,
	"outcome" text,
	"error" json,
	"parent_id" uuid,
	"depth" smallint DEFAULT 0 NOT NULL,
	"replay_of" uuid,
	"started_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "flow_holds" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"sealed" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_step_counts" (
	"version_id" uuid NOT NULL,
	"step" text NOT NULL,
	"entered" bigint NOT NULL,
	"completed" bigint NOT NULL,
	"failed" bigint NOT NULL,
	CONSTRAINT "flow_step_counts_version_id_step_pk" PRIMARY KEY("version_id","step")
);
--> statement-breakpoint
CREATE TABLE "flow_step_moves" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"version_id" uuid NOT NULL,
	"step" text NOT NULL,
	"entered" integer NOT NULL,
	"completed" integer NOT NULL,
	"failed" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_ticks" (
	"flow_id" uuid NOT NULL,
	"trigger" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"workspace_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"after" uuid,
	"done_at" timestamp with time zone,
	CONSTRAINT "flow_ticks_flow_id_trigger_at_pk" PRIMARY KEY("flow_id","trigger","at")
);
--> statement-breakpoint
CREATE TABLE "flow_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"number" integer,
	"definition" json NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"draft" json NOT NULL,
	"version_id" uuid,
	"version" integer DEFAULT 0 NOT NULL,
	"scheduled" boolean DEFAULT false NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "reopened_by" uuid;--> statement-breakpoint
CREATE INDEX "flow_budgets_hour" ON "flow_budgets" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "flow_execution_steps_message" ON "flow_execution_steps" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "flow_executions_live" ON "flow_executions" USING btree ("flow_id","contact_id") WHERE state in ('running', 'waiting');--> statement-breakpoint
CREATE INDEX "flow_executions_due" ON "flow_executions" USING btree ("lane","due_at") WHERE state in ('running', 'waiting');--> statement-breakpoint
CREATE INDEX "flow_executions_waits" ON "flow_executions" USING btree ("contact_id") WHERE state = 'waiting' and waits_for is not null;--> statement-breakpoint
CREATE INDEX "flow_executions_conversation" ON "flow_executions" USING btree ("conversation_id") WHERE state in ('running', 'waiting');--> statement-breakpoint
CREATE INDEX "flow_executions_here" ON "flow_executions" USING btree ("flow_id","at_step") WHERE state in ('running', 'waiting');--> statement-breakpoint
CREATE INDEX "flow_executions_parent" ON "flow_executions" USING btree ("parent_id") WHERE parent_id is not null;--> statement-breakpoint
CREATE INDEX "flow_executions_contact" ON "flow_executions" USING btree ("contact_id","flow_id","started_at");--> statement-breakpoint
CREATE INDEX "flow_executions_author" ON "flow_executions" USING btree ((trigger ->> 'author')) WHERE contact_id is null;--> statement-breakpoint
CREATE INDEX "flow_executions_list" ON "flow_executions" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "flow_executions_flow" ON "flow_executions" USING btree ("flow_id","id");--> statement-breakpoint
CREATE INDEX "flow_executions_finished" ON "flow_executions" USING btree ("finished_at") WHERE finished_at is not null;--> statement-breakpoint
CREATE INDEX "flow_holds_until" ON "flow_holds" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "flow_secrets_name" ON "flow_secrets" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE INDEX "flow_ticks_open" ON "flow_ticks" USING btree ("at") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "flow_versions_number" ON "flow_versions" USING btree ("flow_id","number") WHERE number is not null;--> statement-breakpoint
CREATE INDEX "flows_list" ON "flows" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "flows_published" ON "flows" USING btree ("workspace_id") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "flows_scheduled" ON "flows" USING btree ("id") WHERE state = 'published' and scheduled;