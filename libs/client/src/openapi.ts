// Made by npm run docs; a test holds it to the code.

export interface paths {
    "/health": {
        /** The whole installation: stores, and sockets across all gateways */
        get: operations["HealthController_overview"];
    };
    "/health/live": {
        /** The process runs */
        get: operations["HealthController_live"];
    };
    "/health/ready": {
        /**
         * The process can do its work
         * @description Each store with its latency in milliseconds; 503 when one is down or the process is draining.
         */
        get: operations["HealthController_ready"];
    };
    "/media/{id}": {
        /**
         * The bytes of a file, by a signed URL
         * @description URLs are in messages, in the answer to an upload and in `GET /v1/media/{id}`. Takes `Range`.
         */
        get: operations["MediaFilesController_file"];
    };
    "/metrics": {
        /** Prometheus metrics of this process */
        get: operations["HealthController_metrics"];
    };
    "/v1/api-keys": {
        /** The API keys of this workspace, those that were revoked too */
        get: operations["ApiKeysController_list"];
        /**
         * Make an API key
         * @description The key is in this answer and nowhere else. It cannot manage members, keys or sign-in.
         */
        post: operations["ApiKeysController_create"];
    };
    "/v1/api-keys/{id}": {
        /** Revoke an API key and end its sockets, at once and in every process */
        delete: operations["ApiKeysController_revoke"];
    };
    "/v1/audit-log": {
        /** Who did what in this workspace, newest first */
        get: operations["AuditLogController_list"];
    };
    "/v1/auth/me": {
        /** Who this access token is for */
        get: operations["AuthController_me"];
    };
    "/v1/auth/password": {
        /**
         * Change your password
         * @description Ends every other session of yours.
         */
        post: operations["AuthController_changePassword"];
    };
    "/v1/auth/refresh": {
        /**
         * Exchange a refresh token for the next pair of tokens
         * @description A refresh token is used up by this; one that comes again within half a minute (`REFRESH_TOKEN_REUSE_INTERVAL`), because the answer was lost, gets another pair in the place of the first. Later it was copied, so its session is ended.
         */
        post: operations["AuthController_refresh"];
    };
    "/v1/auth/sessions": {
        /**
         * Open sessions of a user in this workspace
         * @description Your own, or with the role admin another member's.
         */
        get: operations["AuthController_sessions"];
    };
    "/v1/auth/sessions/{id}/revoke": {
        /**
         * End a session
         * @description Your own, or with the role admin that of a member with no higher role; the operator any user's.
         */
        post: operations["AuthController_revokeSession"];
    };
    "/v1/auth/sign-in": {
        /** Sign in with email and password */
        post: operations["AuthController_signIn"];
    };
    "/v1/auth/sign-out": {
        /** End the session of this access token, its sockets included */
        post: operations["AuthController_signOut"];
    };
    "/v1/auth/users/{id}/revoke": {
        /**
         * End every session of a user
         * @description With the role admin: those in this workspace. Your own, and asked by the operator: everywhere. The user may sign in again.
         */
        post: operations["AuthController_revokeUser"];
    };
    "/v1/campaign-prices": {
        /**
         * What the workspace says Meta’s messages cost
         * @description Meta’s own prices are in no API. Previews and reports of campaigns reckon with these.
         */
        get: operations["CampaignPricesController_prices"];
        /**
         * Set the price list
         * @description In place of the one before.
         */
        put: operations["CampaignPricesController_set"];
        /** Forget the price list */
        delete: operations["CampaignPricesController_remove"];
    };
    "/v1/campaigns": {
        /** The campaigns of the workspace, newest first */
        get: operations["CampaignsController_list"];
        /**
         * Make a campaign
         * @description A draft: nothing is sent until it is started.
         */
        post: operations["CampaignsController_create"];
    };
    "/v1/campaigns/{id}": {
        /** One campaign, with its counts */
        get: operations["CampaignsController_one"];
        /**
         * Delete a draft
         * @description One that was started stays, for its messages name it.
         */
        delete: operations["CampaignsController_remove"];
        /**
         * Change a draft
         * @description What is left out stays.
         */
        patch: operations["CampaignsController_change"];
    };
    "/v1/campaigns/{id}/cancel": {
        /**
         * End a campaign for good
         * @description Whoever was not sent to yet is cancelled.
         */
        post: operations["CampaignLifeController_cancel"];
    };
    "/v1/campaigns/{id}/pause": {
        /**
         * Pause a campaign
         * @description What is on its way to Meta arrives; nothing else leaves.
         */
        post: operations["CampaignLifeController_pause"];
    };
    "/v1/campaigns/{id}/preview": {
        /**
         * What a campaign would do if it started now
         * @description Nothing is written down by it.
         */
        get: operations["CampaignsController_previewOf"];
    };
    "/v1/campaigns/{id}/recipients": {
        /**
         * Whom a campaign is for, and where each stands
         * @description Frozen when it started.
         */
        get: operations["CampaignsController_listRecipients"];
    };
    "/v1/campaigns/{id}/report": {
        /**
         * What became of a campaign so far
         * @description By variant, too, with the winner where there is one.
         */
        get: operations["CampaignReportsController_report"];
    };
    "/v1/campaigns/{id}/report.csv": {
        /**
         * Every recipient of a campaign, as CSV
         * @description Cells that a spreadsheet would run as a formula begin with a quote.
         */
        get: operations["CampaignReportsController_csv"];
    };
    "/v1/campaigns/{id}/resume": {
        /** Let a paused campaign go on where it was */
        post: operations["CampaignLifeController_resume"];
    };
    "/v1/campaigns/{id}/schedule": {
        /**
         * Let a draft start by itself at its time
         * @description At `schedule.startsAt`; by recipients’ own time as early as the first of them needs.
         */
        post: operations["CampaignLifeController_schedule"];
    };
    "/v1/campaigns/{id}/start": {
        /**
         * Freeze the audience and begin to send
         * @description Told by campaign.started; each recipient is sent one message, however often a process ends meanwhile.
         */
        post: operations["CampaignLifeController_start"];
    };
    "/v1/campaigns/{id}/test": {
        /**
         * Send what a campaign says to some contacts, for a look
         * @description Ordinary messages by whoever asks; nobody is a recipient of the campaign by it.
         */
        post: operations["CampaignLifeController_test"];
    };
    "/v1/campaigns/{id}/unschedule": {
        /** Make a draft of a scheduled campaign again */
        post: operations["CampaignLifeController_unschedule"];
    };
    "/v1/campaigns/{id}/winner": {
        /**
         * Say by hand what the rest is sent
         * @description Of a campaign that tries its variants (`trial`), before it is decided by itself. It is decided once.
         */
        post: operations["CampaignLifeController_choose"];
    };
    "/v1/canned-replies": {
        /** The canned replies of the workspace, newest first */
        get: operations["CannedRepliesController_list"];
        /** Add a canned reply */
        post: operations["CannedRepliesController_create"];
    };
    "/v1/canned-replies/{id}": {
        /** One canned reply */
        get: operations["CannedRepliesController_one"];
        /** Delete a canned reply */
        delete: operations["CannedRepliesController_delete"];
        /** Change a canned reply */
        patch: operations["CannedRepliesController_update"];
    };
    "/v1/canned-replies/{id}/render": {
        /** The text of a canned reply for a conversation; nothing is sent */
        post: operations["CannedRepliesController_render"];
    };
    "/v1/channels": {
        /** The channels of the workspace */
        get: operations["ChannelsController_list"];
        /**
         * Register an account of Meta, and connect it
         * @description With a token, for an administrator: the Graph API must say that the token is that account’s; then webhooks are subscribed and limits read. Without one, for the operator only. Items that waited for the account are taken in.
         */
        post: operations["ChannelsController_register"];
    };
    "/v1/channels/{id}": {
        /** One channel */
        get: operations["ChannelsController_one"];
        /**
         * Give an account up
         * @description Afterwards it may be registered again, by any workspace. A channel with conversations is refused unless `withHistory=keep`: then it stays, without its account, for its history to be read. The operator may, in any workspace.
         */
        delete: operations["ChannelsController_remove"];
        /** Change a channel’s name, business account or Meta app */
        patch: operations["ChannelsController_change"];
    };
    "/v1/channels/{id}/backfill": {
        /** How far the conversations of a page or Instagram account have been read from Meta */
        get: operations["BackfillController_one"];
        /**
         * Read the conversations of a page or Instagram account from Meta now
         * @description Over BACKFILL_PERIOD. What is stored already is not stored twice; what is old is told as one event a conversation.
         */
        post: operations["BackfillController_begin"];
    };
    "/v1/channels/{id}/check": {
        /**
         * Ask Meta now how a channel is
         * @description Limits and quality are read, and what has changed is told; a token that is dead stops the channel. Done by itself every 6 hours.
         */
        post: operations["ChannelsController_check"];
    };
    "/v1/channels/{id}/comment-answers": {
        /** Answer a comment, beneath it or its author alone */
        post: operations["SendingController_answerComment"];
    };
    "/v1/channels/{id}/credentials": {
        /**
         * Give a channel the token it sends with
         * @description The Graph API is asked whether the token is that account’s; webhooks are subscribed and limits read. What was held for the channel is sent then.
         */
        put: operations["ChannelsController_connect"];
    };
    "/v1/channels/{id}/disconnect": {
        /**
         * End a channel’s connection
         * @description The webhook subscription is removed and the token deleted. What waits to be sent fails with the reason, or is held where that was asked for. Its history stays; connect it again with a token.
         */
        post: operations["ChannelsController_disconnect"];
    };
    "/v1/channels/{id}/templates/sync": {
        /**
         * Read a channel’s templates from Meta now
         * @description Done by itself when a number is connected, and every 6 hours.
         */
        post: operations["TemplatesController_sync"];
    };
    "/v1/contact-attributes": {
        /** The custom attributes of contacts */
        get: operations["AttributesController_list"];
        /** Define an attribute */
        post: operations["AttributesController_define"];
    };
    "/v1/contact-attributes/{id}": {
        /** Delete an attribute and the values that contacts have of it */
        delete: operations["AttributesController_remove"];
        /** Change what an attribute is called, or what may be chosen */
        patch: operations["AttributesController_change"];
    };
    "/v1/contact-erasures": {
        /** Erasures, newest first */
        get: operations["PersonalDataController_list"];
    };
    "/v1/contact-exports": {
        /**
         * Contacts as CSV, newest first
         * @description All, or those that a search, a tag or a segment finds. Cells that a spreadsheet would run as a formula begin with a quote.
         */
        get: operations["ContactExportController_download"];
    };
    "/v1/contact-imports": {
        /** The imports of the workspace, newest first */
        get: operations["ImportsController_list"];
        /**
         * Upload a CSV of contacts
         * @description UTF-8, with a header. Nothing is taken in until it is started with a mapping.
         */
        post: operations["ImportsController_upload"];
    };
    "/v1/contact-imports/{id}": {
        /** One import */
        get: operations["ImportsController_one"];
        /**
         * Delete an import with its file and errors; one that runs stops
         * @description What was taken in stays.
         */
        delete: operations["ImportsController_remove"];
    };
    "/v1/contact-imports/{id}/errors": {
        /** The rows that were refused, or whose opt-in was, with the reason, as CSV */
        get: operations["ImportsController_errors"];
    };
    "/v1/contact-imports/{id}/start": {
        /**
         * Start an import, or a dry run of it
         * @description Contacts are found again by phone, e-mail and identities; what a row leaves empty stays. Told by contact.import_progressed and contact.import_completed.
         */
        post: operations["ImportsController_start"];
    };
    "/v1/contact-tags": {
        /** The tags of the workspace */
        get: operations["TagsController_list"];
        /** Add a tag */
        post: operations["TagsController_add"];
    };
    "/v1/contact-tags/{id}": {
        /** Delete a tag, and take it from every contact */
        delete: operations["TagsController_remove"];
        /** Rename a tag */
        patch: operations["TagsController_rename"];
    };
    "/v1/contacts": {
        /** The contacts of the workspace, newest first */
        get: operations["ContactsController_list"];
        /** Add a contact */
        post: operations["ContactsController_create"];
    };
    "/v1/contacts/{id}": {
        /**
         * One contact
         * @description Of one that was merged, the error’s `details.mergedInto` tells into which.
         */
        get: operations["ContactsController_one"];
        /** Delete a contact who has no conversations */
        delete: operations["ContactsController_remove"];
        /** Change a contact; what is left out stays */
        patch: operations["ContactsController_change"];
    };
    "/v1/contacts/{id}/consents": {
        /** Where a contact stands, by channel */
        get: operations["ConsentsController_now"];
        /** Record that a contact opted in or out */
        post: operations["ConsentsController_record"];
    };
    "/v1/contacts/{id}/consents/history": {
        /** Every change that was told, newest first */
        get: operations["ConsentsController_history"];
    };
    "/v1/contacts/{id}/erase": {
        /**
         * Erase one person’s data, for good
         * @description The contact and what was written are empty at once; raw webhooks and events follow, and contact.erased tells when nothing is left.
         */
        post: operations["PersonalDataController_erase"];
    };
    "/v1/contacts/{id}/identities": {
        /** Add a way in which a contact is known */
        post: operations["ContactsController_addIdentity"];
    };
    "/v1/contacts/{id}/identities/remove": {
        /**
         * Take an identity away
         * @description Whoever writes under it afterwards is a contact of their own.
         */
        post: operations["ContactsController_removeIdentity"];
    };
    "/v1/contacts/{id}/merge": {
        /**
         * Merge another contact into this one
         * @description Its identities, tags, consents and conversations come here; two conversations on one channel become one.
         */
        post: operations["MergesController_merge"];
    };
    "/v1/contacts/{id}/merges": {
        /** What was merged into a contact, newest first */
        get: operations["MergesController_list"];
    };
    "/v1/contacts/{id}/merges/{mergeId}/undo": {
        /**
         * Take a merge back
         * @description The merged contact is there again with what was moved. The latest merge first; what came since stays.
         */
        post: operations["MergesController_undo"];
    };
    "/v1/contacts/{id}/personal-data": {
        /**
         * All that is kept of one person, as JSON
         * @description Contact, identities, consents, merges, conversations, messages, events and raw webhook items. Told by contact.exported.
         */
        get: operations["PersonalDataController_download"];
    };
    "/v1/contacts/{id}/profiles": {
        /** What Messenger and Instagram tell of a contact, for each of their accounts */
        get: operations["ProfilesController_of"];
    };
    "/v1/conversations": {
        /** The conversations of the workspace, latest message first */
        get: operations["ConversationsController_list"];
        /**
         * Begin an internal conversation
         * @description Of two users there is one direct conversation: where it exists it is given back.
         */
        post: operations["InternalController_create"];
    };
    "/v1/conversations/{id}": {
        /** One conversation */
        get: operations["ConversationsController_one"];
        /**
         * Assign a conversation, change its status or labels
         * @description Names the version that was seen: of two changes at once the second is answered 409.
         */
        patch: operations["ConversationsController_change"];
    };
    "/v1/conversations/{id}/internal-messages": {
        /** Write in an internal conversation */
        post: operations["InternalController_post"];
    };
    "/v1/conversations/{id}/messages": {
        /** The messages and notes of a conversation, newest first */
        get: operations["ConversationsController_messages"];
        /** Send a message in a conversation */
        post: operations["SendingController_sendInConversation"];
    };
    "/v1/conversations/{id}/notes": {
        /** Leave a note for colleagues; the customer never sees it */
        post: operations["ConversationsController_note"];
    };
    "/v1/conversations/{id}/participants": {
        /** Add users to a group; they see what was written before */
        post: operations["InternalController_add"];
    };
    "/v1/conversations/{id}/participants/{userId}": {
        /** Leave a group, or take somebody out of one that you began */
        delete: operations["InternalController_remove"];
    };
    "/v1/conversations/{id}/read": {
        /** Mark a conversation read for the signed-in user */
        post: operations["ConversationsController_markRead"];
    };
    "/v1/conversations/{id}/referrals": {
        /** The advertisements and links that brought the customer of a conversation, newest first */
        get: operations["ReferralsController_list"];
    };
    "/v1/conversions": {
        /**
         * Tell what a contact did: an order, a sign-up, a visit
         * @description It is put down to the latest campaign that wrote to them, and stands in its report. Once for each `key`.
         */
        post: operations["ConversionsController_record"];
    };
    "/v1/events": {
        /**
         * The event log of the workspace
         * @description The same events, in the same order, as the sockets bring.
         */
        get: operations["EventLogController_events"];
    };
    "/v1/events/prune": {
        /**
         * Delete the oldest events of a workspace's log
         * @description Clients that were away since before get a resync.
         */
        post: operations["EventLogController_prune"];
    };
    "/v1/flow-executions": {
        /** Executions of all flows, newest first */
        get: operations["FlowExecutionsController_list"];
    };
    "/v1/flow-executions/{id}": {
        /** One execution, with what it did step by step */
        get: operations["FlowExecutionsController_one"];
    };
    "/v1/flow-executions/{id}/cancel": {
        /**
         * End an execution
         * @description And those that it has called. One that has ended stays as it is.
         */
        post: operations["FlowExecutionsController_cancel"];
    };
    "/v1/flow-executions/{id}/replay": {
        /**
         * Do the step again at which an execution has failed, and go on from there
         * @description As a new execution of the same version, with the variables of then.
         */
        post: operations["FlowExecutionsController_replay"];
    };
    "/v1/flow-secrets": {
        /**
         * The names of secrets that HTTP steps may use
         * @description Their values are never shown.
         */
        get: operations["FlowSecretsController_list"];
        /**
         * Set a secret, or another value of it
         * @description Steps name it `{{ secrets.NAME }}`. Encrypted at rest.
         */
        post: operations["FlowSecretsController_put"];
    };
    "/v1/flow-secrets/{id}": {
        /**
         * Forget a secret
         * @description Steps that name it fail from then on.
         */
        delete: operations["FlowSecretsController_remove"];
    };
    "/v1/flows": {
        /** The flows of the workspace, newest first */
        get: operations["FlowsController_list"];
        /**
         * Make a flow
         * @description A draft: nothing starts it until it is published.
         */
        post: operations["FlowsController_create"];
    };
    "/v1/flows/{id}": {
        /** One flow, with what stands in the way of publishing its draft */
        get: operations["FlowsController_one"];
        /** Delete a flow that was never published */
        delete: operations["FlowsController_remove"];
        /**
         * Change the draft of a flow
         * @description What is left out stays; what is published stays as it is until it is published again.
         */
        patch: operations["FlowsController_change"];
    };
    "/v1/flows/{id}/executions": {
        /** Who went, or goes, through a flow, newest first */
        get: operations["FlowLifeController_list"];
        /**
         * Let a contact begin a flow
         * @description The published one must have the trigger `api`; a draft may be tried with `draft: true`.
         */
        post: operations["FlowLifeController_start"];
    };
    "/v1/flows/{id}/export": {
        /**
         * The draft of a flow as a file
         * @description `POST /v1/flows/import` takes it.
         */
        get: operations["FlowsController_export"];
    };
    "/v1/flows/{id}/off": {
        /**
         * Turn a flow off
         * @description Nobody begins it any more, until it is published again.
         */
        post: operations["FlowLifeController_off"];
    };
    "/v1/flows/{id}/publish": {
        /**
         * Publish the draft of a flow
         * @description From then on its triggers start this version; whoever is in the flow finishes the one they began with.
         */
        post: operations["FlowsController_publish"];
    };
    "/v1/flows/{id}/stats": {
        /**
         * How often each step of a flow was come to, and where people left it
         * @description Of all channels. Counts are of a version; what was tried of a draft is not counted among them.
         */
        get: operations["FlowLifeController_stats"];
    };
    "/v1/flows/{id}/versions": {
        /** The versions of a flow that were published, newest first */
        get: operations["FlowsController_versions"];
    };
    "/v1/flows/check": {
        /**
         * Check a definition
         * @description Nothing is kept of it.
         */
        post: operations["FlowsController_check"];
    };
    "/v1/flows/examples": {
        /** Ready-made flows to begin with */
        get: operations["FlowsController_examples"];
    };
    "/v1/flows/import": {
        /**
         * Make a flow of what was exported
         * @description Of this workspace or another; a draft.
         */
        post: operations["FlowsController_import"];
    };
    "/v1/flows/schema": {
        /**
         * The JSON Schema of a flow’s definition
         * @description Draft 2020-12.
         */
        get: operations["FlowsController_schema"];
    };
    "/v1/invitations": {
        /**
         * Who was invited to this workspace
         * @description Until 30 days after it has expired.
         */
        get: operations["InvitationsController_list"];
        /**
         * Invite somebody to this workspace
         * @description The answer has the link, once: pass it on yourself, Switchboard sends no mail. An invitation of the same person that was open ends.
         */
        post: operations["InvitationsController_create"];
    };
    "/v1/invitations/{id}": {
        /** Take an open invitation back */
        delete: operations["InvitationsController_revoke"];
    };
    "/v1/invitations/accept": {
        /** Accept an invitation as somebody new: set a password, and be signed in */
        post: operations["InvitationsController_accept"];
    };
    "/v1/invitations/join": {
        /**
         * Accept an invitation as the user signed in, whose email it names
         * @description Then sign in with its workspaceId to work there.
         */
        post: operations["InvitationsController_join"];
    };
    "/v1/invitations/look": {
        /** What an invitation is for, for whoever has its token */
        post: operations["InvitationsController_look"];
    };
    "/v1/labels": {
        /** The labels of the workspace, newest first */
        get: operations["LabelsController_list"];
        /** Add a label; at most 500 */
        post: operations["LabelsController_create"];
    };
    "/v1/labels/{id}": {
        /** Delete a label and take it off every conversation */
        delete: operations["LabelsController_delete"];
        /** Rename a label or change its colour */
        patch: operations["LabelsController_update"];
    };
    "/v1/media": {
        /**
         * Upload a file to send
         * @description Its `id` is what `media.mediaId` of a message takes, as often as wanted. One that no message shows is deleted after 7 days.
         */
        post: operations["MediaController_upload"];
    };
    "/v1/media/{id}": {
        /** One file, with a fresh URL */
        get: operations["MediaController_one"];
    };
    "/v1/mentions": {
        /**
         * Where pages and Instagram accounts were mentioned, and what it says there, newest first
         * @description Kept as long as webhooks are.
         */
        get: operations["MentionsController_list"];
    };
    "/v1/messages": {
        /** Send a message to a contact or an address */
        post: operations["SendingController_send"];
    };
    "/v1/messages/{id}/reaction": {
        /**
         * React to a message, or take the reaction back
         * @description May be repeated without harm.
         */
        put: operations["SendingController_react"];
    };
    "/v1/messages/{id}/retry": {
        /**
         * Send a failed message, or one whose outcome is unknown, again
         * @description As a new message. One that is unknown may have reached the customer: look before you send it twice.
         */
        post: operations["SendingController_retry"];
    };
    "/v1/meta-apps": {
        /** The Meta apps whose webhooks are accepted */
        get: operations["MetaAppsController_list"];
        /**
         * Set up a Meta app, or replace its secrets
         * @description Secrets are encrypted at rest and never told again.
         */
        post: operations["MetaAppsController_save"];
    };
    "/v1/meta-apps/{id}": {
        /** Remove a Meta app: its webhooks are refused from then on */
        delete: operations["MetaAppsController_remove"];
    };
    "/v1/realtime/connections": {
        /**
         * The workspace's sockets, by namespace
         * @description Of all gateways, as they are now.
         */
        get: operations["RealtimeController_connections"];
    };
    "/v1/realtime/stats": {
        /**
         * Sockets, by namespace
         * @description Clients, authenticated, subscriptions and rooms of all gateways, at most two seconds old. For the operator: it counts every workspace.
         */
        get: operations["RealtimeStatsController_stats"];
    };
    "/v1/realtime/users/{id}": {
        /** Whether a user, or an API key by its id, is connected */
        get: operations["RealtimeController_user"];
    };
    "/v1/realtime/users/{id}/disconnect": {
        /**
         * End a user's sockets, or an API key's
         * @description In this workspace, on all gateways; each is told `session.ended` with the reason `disconnected`. The token stays good: to keep somebody out, end the sessions or revoke the key.
         */
        post: operations["RealtimeController_disconnect"];
    };
    "/v1/search": {
        /** Full-text search over messages and contacts, newest first */
        get: operations["SearchController_search"];
    };
    "/v1/segments": {
        /**
         * The segments of the workspace
         * @description Their contacts: GET /v1/contacts?segmentId=…
         */
        get: operations["SegmentsController_list"];
        /** Save a filter as a segment */
        post: operations["SegmentsController_create"];
    };
    "/v1/segments/{id}": {
        /** One segment */
        get: operations["SegmentsController_one"];
        /** Delete a segment; its contacts stay */
        delete: operations["SegmentsController_remove"];
        /** Change a segment */
        patch: operations["SegmentsController_change"];
    };
    "/v1/segments/{id}/count": {
        /** How many contacts are in a segment now */
        get: operations["SegmentsController_count"];
    };
    "/v1/segments/count": {
        /** How many contacts a filter finds that is not saved */
        post: operations["SegmentsController_countFilter"];
    };
    "/v1/templates": {
        /** WhatsApp templates, newest first */
        get: operations["TemplatesController_list"];
        /**
         * Create a template at Meta
         * @description It is `PENDING` until Meta has decided; `template.status_changed` tells.
         */
        post: operations["TemplatesController_create"];
    };
    "/v1/templates/{id}": {
        /** One template */
        get: operations["TemplatesController_one"];
        /** Delete one language of a template, at Meta too */
        delete: operations["TemplatesController_remove"];
    };
    "/v1/users": {
        /** Members of this workspace */
        get: operations["UsersController_list"];
        /** Add a member to this workspace */
        post: operations["UsersController_create"];
    };
    "/v1/users/{id}": {
        /**
         * Remove a member from this workspace and end their sessions in it
         * @description An account that signs in here and is left without a workspace is deleted; a user of another application is kept out.
         */
        delete: operations["UsersController_remove"];
        /**
         * Change a member's role, or limit them to some channels
         * @description Roles: theirs and the new one no higher than your own. Their access tokens and sockets in this workspace end at once, in every process; refreshing brings the new rights. A user of another application has the role that its tokens say.
         */
        patch: operations["UsersController_changeRights"];
    };
    "/v1/users/{id}/disable": {
        /** Keep a user out of every workspace and end all their sessions */
        post: operations["UsersController_disable"];
    };
    "/v1/users/{id}/enable": {
        /** Let a disabled user sign in again */
        post: operations["UsersController_enable"];
    };
    "/v1/users/{id}/restore": {
        /** Let a removed user of another application in again, with their next token */
        post: operations["UsersController_restore"];
    };
    "/v1/webhook-deliveries": {
        /**
         * What Meta sent, item by item
         * @description Items of the workspace's own channels. A raw body can hold several tenants' items: it, and items nobody owns, are the operator's alone.
         */
        get: operations["WebhookDeliveriesController_list"];
    };
    "/v1/webhook-deliveries/{id}": {
        /** One item */
        get: operations["WebhookDeliveriesController_one"];
    };
    "/v1/webhook-deliveries/{id}/replay": {
        /**
         * Take an item in again
         * @description For one that is quarantined or unowned; one that is processed stays as it is, since its effects happen once.
         */
        post: operations["WebhookDeliveriesController_replay"];
    };
    "/v1/workspaces": {
        /** Your workspaces; every workspace for the operator */
        get: operations["WorkspacesController_list"];
        /** Make a workspace and its owner */
        post: operations["WorkspacesController_create"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptInvitationRequest: {
            name?: string;
            password: string;
            /**
             * @description As the link has it behind `#token=`.
             * @example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
             */
            token: string;
        };
        AddParticipantsDto: {
            userIds: string[];
        };
        AllOfDto: {
            all: (components["schemas"]["TextConditionDto"] | components["schemas"]["AttributeConditionDto"] | components["schemas"]["TagConditionDto"] | components["schemas"]["ConsentConditionDto"] | components["schemas"]["PlatformConditionDto"] | components["schemas"]["ChannelConditionDto"] | components["schemas"]["TimeConditionDto"] | components["schemas"]["AllOfDto"] | components["schemas"]["AnyOfDto"] | components["schemas"]["NotDto"])[];
        };
        AnyOfDto: {
            any: (components["schemas"]["TextConditionDto"] | components["schemas"]["AttributeConditionDto"] | components["schemas"]["TagConditionDto"] | components["schemas"]["ConsentConditionDto"] | components["schemas"]["PlatformConditionDto"] | components["schemas"]["ChannelConditionDto"] | components["schemas"]["TimeConditionDto"] | components["schemas"]["AllOfDto"] | components["schemas"]["AnyOfDto"] | components["schemas"]["NotDto"])[];
        };
        ApiKeyPage: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ApiKeyView"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        ApiKeyView: {
            /** @description The only channels that are to be seen; null: all. */
            channelIds: string[] | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description The user who made it.
             */
            createdBy: string;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * @description How the key begins.
             * @example sbk_Q3Zk
             */
            hint: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description To within five minutes.
             */
            lastUsedAt: string | null;
            name: string;
            /** Format: date-time */
            revokedAt: string | null;
            /** @enum {string} */
            role: "viewer" | "agent" | "admin";
            /** @description null: all that the role may. */
            scopes: string[] | null;
        };
        AttributeConditionDto: {
            /** @enum {string} */
            field: "attribute";
            /** @description Of an attribute of the workspace. */
            key: string;
            /** @enum {string} */
            op: "exists" | "equals" | "contains" | "starts_with" | "lt" | "lte" | "gt" | "gte" | "before" | "after" | "any_of" | "all_of" | "none_of";
            /**
             * @description The attribute’s; told, not asked.
             * @enum {string}
             */
            type?: "text" | "number" | "boolean" | "date" | "choices";
            /** @description A boolean of `exists`, else a value as the attribute has them. */
            value: boolean | string | number | string[];
        };
        AttributeDto: {
            choices: string[] | null;
            id: string;
            key: string;
            label: string;
            /** @enum {string} */
            type: "text" | "number" | "boolean" | "date" | "choices";
        };
        AttributeListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["AttributeDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        AudienceDto: {
            /** @description Every contact of the workspace. */
            all?: boolean;
            /** @description These contacts. */
            contactIds?: string[];
            /** @description But for those who are in any of these. */
            except?: components["schemas"]["AudiencePartsDto"];
            /**
             * Format: uuid
             * @description Contacts to whom the message of this campaign failed, but for those whose outcome nobody knows.
             */
            failedOf?: string;
            /**
             * Format: uuid
             * @description The people in the file of this import, which has completed with `keepRows`.
             */
            importId?: string;
            /** @description Contacts that are in one of these segments. */
            segmentIds?: string[];
            /** @description Contacts that wear one of these tags. */
            tagIds?: string[];
        };
        AudiencePartsDto: {
            /** @description These contacts. */
            contactIds?: string[];
            /**
             * Format: uuid
             * @description Contacts to whom the message of this campaign failed, but for those whose outcome nobody knows.
             */
            failedOf?: string;
            /**
             * Format: uuid
             * @description The people in the file of this import, which has completed with `keepRows`.
             */
            importId?: string;
            /** @description Contacts that are in one of these segments. */
            segmentIds?: string[];
            /** @description Contacts that wear one of these tags. */
            tagIds?: string[];
        };
        AuditActorView: {
            /** Format: uuid */
            id: string | null;
            /**
             * @description `operator`: whoever runs the instance, from outside the workspace.
             * @enum {string}
             */
            kind: "user" | "api_key" | "operator" | "switchboard";
            /** @description The email of the user or the name of the key, as it was then. */
            name: string | null;
        };
        AuditEntryView: {
            /** @enum {string} */
            action: "member.added" | "member.role_changed" | "member.channels_changed" | "member.removed" | "member.restored" | "member.signed_out" | "member.disconnected" | "user.disabled" | "user.enabled" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "api_key.created" | "api_key.revoked" | "channel.registered" | "channel.connected" | "channel.changed" | "channel.disconnected" | "channel.stopped" | "channel.deleted" | "template.created" | "template.deleted" | "meta_app.saved" | "meta_app.deleted";
            actor: components["schemas"]["AuditActorView"];
            /** Format: date-time */
            at: string;
            /** @description What it takes to understand the action, such as `from` and `to`. */
            details: Record<string, never>;
            /** Format: uuid */
            id: string;
            subject: components["schemas"]["AuditSubjectView"];
        };
        AuditLogPage: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["AuditEntryView"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        AuditSubjectView: {
            id: string;
            /** @example channel */
            kind: string;
            /** @description As it was then. */
            name: string | null;
        };
        BackfillDto: {
            /** @description Conversations looked at by the run. */
            conversations: number;
            /**
             * Format: date-time
             * @description When the last run was done.
             */
            finishedAt: string | null;
            /** @description Messages it has brought. */
            messages: number;
            /** @description Why the last step failed. */
            problem: string | null;
            /**
             * Format: date-time
             * @description Since when webhooks are missing.
             */
            silentSince: string | null;
            /**
             * Format: date-time
             * @description How far back the run reads.
             */
            since: string | null;
            /** Format: date-time */
            startedAt: string | null;
            /**
             * @description `none`: WhatsApp, or nothing was read yet.
             * @enum {string}
             */
            state: "none" | "running" | "idle";
        };
        CampaignCountsDto: {
            cancelled: number;
            delivered: number;
            /** @description Sent nothing, with the reason. */
            excluded: number;
            failed: number;
            /** @description Wait for their turn. */
            pending: number;
            queued: number;
            read: number;
            /** @description Beside their state: wrote within the attribution window. */
            replied: number;
            /** @description Meta has it, and has told no more. */
            sent: number;
            /** @description All of the recipients; each counts in one of the states. */
            total: number;
            /** @description Meta may have it; never sent again by itself. */
            unknown: number;
        };
        CampaignDto: {
            attributionHours: number;
            audience: components["schemas"]["AudienceDto"];
            channelId: string;
            /** @enum {string} */
            consent: "no_opt_out" | "opt_in";
            /** @description Null until it starts. */
            counts: components["schemas"]["CampaignCountsDto"] | null;
            createdAt: string;
            createdBy: string;
            /** @description Once it has started: when its trial is decided. */
            decideAt: string | null;
            /** @description What the rest is sent. */
            decision: components["schemas"]["DecisionDto"] | null;
            /** @description Recipients by why they are excluded: opted_out, not_opted_in, no_identity, needs_phone, window_closed, duplicate, missing_value, invalid, gone. */
            exclusions: {
                [key: string]: number;
            };
            failureRatio: number | null;
            /** @description The most frequent first. */
            failures: components["schemas"]["CampaignFailureDto"][];
            finishedAt: string | null;
            id: string;
            name: string;
            /** @description Why it is paused or has failed. */
            reason: components["schemas"]["CampaignReasonDto"] | null;
            schedule: components["schemas"]["ScheduleDto"] | null;
            startedAt: string | null;
            /** @description While it is scheduled: when it starts. */
            startsAt: string | null;
            /** @enum {string} */
            status: "draft" | "scheduled" | "running" | "paused" | "completed" | "cancelled" | "failed";
            trial: components["schemas"]["TrialDto"] | null;
            updatedAt: string;
            /** @description What is sent; one of them where nothing is compared. */
            variants: components["schemas"]["VariantDto"][];
        };
        CampaignFailureDto: {
            /** @description Meta’s. */
            code: number | null;
            count: number;
            message: string;
            reason: string;
        };
        CampaignListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["CampaignDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        CampaignReasonDto: {
            /** @description `by_hand`, `channel_disconnected`, `template`, `failure_ratio`, `quality`, `invalid` … */
            code: string;
            message: string;
        };
        CannedReplyDto: {
            body: string;
            /** Format: uuid */
            id: string;
            shortcut: string;
            /** Format: date-time */
            updatedAt: string;
        };
        CannedReplyListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["CannedReplyDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        CategoryCostDto: {
            amount: number;
            /** @enum {string} */
            category: "marketing" | "utility" | "authentication";
            messages: number;
        };
        ChangeAttributeDto: {
            /** @description Type `choices`: what may be chosen, at most 200. */
            choices?: string[];
            label?: string;
        };
        ChangeCampaignDto: {
            /**
             * @description Who writes within so many hours of their message has replied to it.
             * @default 72
             */
            attributionHours?: number;
            /**
             * @description Whom it is for, found when it starts.
             * @example {
             *       "all": true
             *     }
             */
            audience?: components["schemas"]["AudienceDto"];
            /**
             * Format: uuid
             * @description The channel it is sent through.
             */
            channelId?: string;
            /**
             * @description `opt_in`: only to those who have agreed. Nobody who has opted out is ever sent to.
             * @default no_opt_out
             * @enum {string}
             */
            consent?: "no_opt_out" | "opt_in";
            /**
             * @description What is sent, as in `POST /v1/messages`. Texts may speak of the recipient: `{{contact.first_name|there}}`, `{{contact.attributes.plan|basic}}`; see docs/campaigns.md. What is no template reaches only those whose window is open.
             * @example {
             *       "type": "text",
             *       "text": "Hello {{contact.first_name|there}}!"
             *     }
             */
            content?: ({
                previewUrl?: boolean;
                text: string;
                /** @constant */
                type: "text";
            } | {
                components?: ({
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "header";
                } | {
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "body";
                } | {
                    index: number;
                    parameters?: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @enum {string} */
                    subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                    /** @constant */
                    type: "button";
                } | {
                    cards: {
                        components: ({
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "header";
                        } | {
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "body";
                        } | {
                            index: number;
                            parameters?: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @enum {string} */
                            subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                            /** @constant */
                            type: "button";
                        })[];
                    }[];
                    /** @constant */
                    type: "carousel";
                } | {
                    expiresAt: number;
                    /** @constant */
                    type: "limited_time_offer";
                })[];
                language: string;
                name: string;
                /** @constant */
                type: "template";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "voice";
            } | {
                caption?: string;
                filename?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "sticker";
            } | {
                address?: string;
                latitude: number;
                longitude: number;
                name?: string;
                /** @constant */
                type: "location";
            } | {
                contacts: {
                    addresses?: {
                        city?: string;
                        country?: string;
                        countryCode?: string;
                        state?: string;
                        street?: string;
                        type?: string;
                        zip?: string;
                    }[];
                    birthday?: string;
                    emails?: {
                        email: string;
                        type?: string;
                    }[];
                    name: {
                        firstName?: string;
                        formattedName: string;
                        lastName?: string;
                        middleName?: string;
                        prefix?: string;
                        suffix?: string;
                    };
                    org?: {
                        company?: string;
                        department?: string;
                        title?: string;
                    };
                    phones?: {
                        phone: string;
                        type?: string;
                        waId?: string;
                    }[];
                    urls?: {
                        type?: string;
                        url: string;
                    }[];
                }[];
                /** @constant */
                type: "contacts";
            } | {
                buttons: {
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                }[];
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    rows: {
                        description?: string;
                        id: string;
                        title: string;
                    }[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "list";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "cta_url";
                url: string;
            } | {
                /** @enum {string} */
                action?: "navigate" | "data_exchange";
                button: string;
                data?: Record<string, never>;
                flowId?: string;
                flowName?: string;
                flowToken?: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                /** @enum {string} */
                mode?: "draft" | "published";
                screen?: string;
                text: string;
                /** @constant */
                type: "flow";
            } | {
                catalogId: string;
                footer?: string;
                productRetailerId: string;
                text?: string;
                /** @constant */
                type: "product";
            } | {
                catalogId: string;
                footer?: string;
                header: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    productRetailerIds: string[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "product_list";
            } | {
                text: string;
                /** @constant */
                type: "location_request";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: ({
                    imageUrl?: string;
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                } | {
                    /** @constant */
                    type: "user_email";
                } | {
                    /** @constant */
                    type: "user_phone_number";
                })[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    } | {
                        phone: string;
                        title: string;
                        /** @constant */
                        type: "phone";
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                buttons?: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @enum {string} */
                mediaType: "image" | "video";
                /** @constant */
                type: "media_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId?: string;
                postId?: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: {
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                }[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            });
            /**
             * @description Pauses by itself once more than this part of its messages has failed, of at least 20 since it began or went on; null: never.
             * @default 0.3
             */
            failureRatio?: number | null;
            name?: string;
            /** @description When it is sent; at any time where left out. */
            schedule?: components["schemas"]["ScheduleDto"] | null;
            /** @description Try the variants on a part first, and send the rest the better one. Everybody gets one of them where left out. */
            trial?: components["schemas"]["TrialDto"] | null;
            /** @description Instead of `content`: parts of the audience, drawn at random, get different ones, to be compared. */
            variants?: components["schemas"]["VariantDto"][];
        };
        ChangeChannelDto: {
            /** @description WhatsApp Business Account id. The channel’s token must have the number in it; the operator needs none. */
            businessAccountId?: string;
            /** @description Operator only: Meta's app id of the app whose webhooks speak for this account. */
            metaAppId?: string;
            /** @example Support line */
            name?: string;
        };
        ChangeContactDto: {
            /**
             * @description Values by key of the workspace’s attributes; `null` takes one away, what is left out stays.
             * @example {
             *       "plan": "gold",
             *       "since": "2026-01-31",
             *       "interests": [
             *         "shoes"
             *       ]
             *     }
             */
            attributes?: Record<string, never>;
            /** @description Likewise. */
            email?: string | null;
            name?: string | null;
            /** @description With country code. Becomes an identity; that of a number before stays. */
            phone?: string | null;
            /** @description Names of tags; all of them, the others go. */
            tags?: string[];
            username?: string | null;
        };
        ChangeConversationDto: {
            /**
             * Format: uuid
             * @description null: nobody.
             */
            assigneeId?: string | null;
            /** @description Ids of all its labels from now on; at most 50. */
            labels?: string[];
            /**
             * Format: date-time
             * @description In the future, at most 366 days; the conversation opens then.
             */
            snoozedUntil?: string;
            /**
             * @description With `snoozed` goes `snoozedUntil`.
             * @enum {string}
             */
            status?: "open" | "pending" | "snoozed" | "closed";
            /** @description The version that was seen; or as `If-Match`. */
            version?: number;
        };
        ChangeFlowDto: {
            /**
             * @description As `GET /v1/flows/schema` has it; at most 64 KB of JSON. What it means is in docs/flows.md.
             * @example {
             *       "format": 1,
             *       "triggers": [
             *         {
             *           "on": "message",
             *           "first": true
             *         }
             *       ],
             *       "start": "hello",
             *       "steps": {
             *         "hello": {
             *           "do": "send",
             *           "content": {
             *             "type": "text",
             *             "text": "Hello {{ contact.first_name | there }}!"
             *           }
             *         }
             *       }
             *     }
             */
            definition?: {
                [key: string]: unknown;
            };
            name?: string;
        };
        ChangePasswordRequest: {
            currentPassword: string;
            newPassword: string;
        };
        ChangeRightsRequest: {
            /** @description The only channels whose conversations, messages and events are to be seen; an empty list: none. null: all. For agents and viewers. */
            channelIds?: string[] | null;
            /**
             * @description No higher than your own. Left out: as it is.
             * @enum {string}
             */
            role?: "viewer" | "agent" | "admin" | "owner";
        };
        ChangeSegmentDto: {
            /**
             * @description A tree of `all`, `any`, `not` and conditions; see docs/contacts.md.
             * @example {
             *       "all": [
             *         {
             *           "field": "attribute",
             *           "key": "plan",
             *           "op": "equals",
             *           "value": "gold"
             *         },
             *         {
             *           "field": "last_seen",
             *           "op": "within_days",
             *           "value": 30
             *         }
             *       ]
             *     }
             */
            filter?: components["schemas"]["TextConditionDto"] | components["schemas"]["AttributeConditionDto"] | components["schemas"]["TagConditionDto"] | components["schemas"]["ConsentConditionDto"] | components["schemas"]["PlatformConditionDto"] | components["schemas"]["ChannelConditionDto"] | components["schemas"]["TimeConditionDto"] | components["schemas"]["AllOfDto"] | components["schemas"]["AnyOfDto"] | components["schemas"]["NotDto"];
            /** @description Unique in the workspace, whatever the case. */
            name?: string;
        };
        ChannelConditionDto: {
            /** @enum {string} */
            field: "channel";
            /** @enum {string} */
            op: "any_of";
            /** @description Channels of the workspace. */
            value: string[];
        };
        ChannelCredentialsDto: {
            /**
             * @description Where the Graph API is, if not at Meta's; must be one of GRAPH_HOSTS.
             * @example https://graph.facebook.com
             */
            graphHost?: string;
            /**
             * @description Version of the Graph API; the instance's if left out.
             * @example v26.0
             */
            graphVersion?: string;
            /**
             * @description Instagram only: through which login.
             * @default facebook
             * @enum {string}
             */
            login?: "facebook" | "instagram";
            /**
             * @description WhatsApp: a system user token; Messenger and Instagram with Facebook Login: the page token; Instagram Login: the Instagram user token. Encrypted at rest and never told again.
             * @example EAAG-token-of-the-account
             */
            token: string;
        };
        ChannelDetailsDto: {
            /** @description Used in the WhatsApp Business app as well: 20 messages a second. */
            coexistence?: boolean;
            /** @description WhatsApp: the number as customers see it. */
            displayPhone?: string;
            /** @description Page or Instagram account. */
            name?: string;
            /** @description Instagram with Facebook Login: its page. */
            pageId?: string;
            /** @description Meta’s word on the number: `CONNECTED`, `FLAGGED`, `RESTRICTED` … */
            phoneStatus?: string;
            /** @description `GREEN`, `YELLOW`, `RED`, `UNKNOWN` */
            quality?: string;
            /** @description `STANDARD`: 80 messages a second; `HIGH`: 1,000 */
            throughput?: string;
            /** @description People outside their service window in 24 hours: `TIER_250` … `TIER_UNLIMITED` */
            tier?: string;
            username?: string;
            verifiedName?: string;
        };
        ChannelDto: {
            businessAccountId: string | null;
            /** Format: date-time */
            createdAt: string;
            details: components["schemas"]["ChannelDetailsDto"];
            externalId: string;
            /** @description Version of the Graph API; the instance's if null. */
            graphVersion: string | null;
            /** @description Whether it has a token, which is never told. */
            hasToken: boolean;
            /** Format: uuid */
            id: string;
            /**
             * @description Of the token.
             * @enum {string|null}
             */
            login: "facebook" | "instagram" | null;
            /** @description Meta's id of its app. */
            metaAppId: string;
            name: string;
            /** @enum {string} */
            platform: "whatsapp" | "messenger" | "instagram";
            /** @description When its account was given up; its history stays. */
            releasedAt: string | null;
            /** @enum {string} */
            status: "connecting" | "connected" | "disconnected" | "reconnecting" | "failed";
            /** @description Why it is not connected. */
            statusReason: string | null;
            /** @description WhatsApp: when its templates were last read whole. */
            templatesSyncedAt: string | null;
            /** @description When the token ends, as far as Meta says. */
            tokenExpiresAt: string | null;
            /** Format: uuid */
            workspaceId: string;
        };
        ChannelListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ChannelDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        CheckedFlowDto: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            createdBy: string;
            /** @description The draft. */
            definition: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
            name: string;
            /** @description What stands in the way of publishing it. */
            problems: components["schemas"]["FlowProblemDto"][];
            /** Format: date-time */
            publishedAt: string | null;
            /** @enum {string} */
            state: "draft" | "published" | "off";
            /** Format: date-time */
            updatedAt: string;
            /** @description The version that was published last; null: none was. */
            version: number | null;
        };
        CheckFlowDto: {
            /**
             * @example {
             *       "format": 1,
             *       "triggers": [
             *         {
             *           "on": "message",
             *           "first": true
             *         }
             *       ],
             *       "start": "hello",
             *       "steps": {
             *         "hello": {
             *           "do": "send",
             *           "content": {
             *             "type": "text",
             *             "text": "Hello {{ contact.first_name | there }}!"
             *           }
             *         }
             *       }
             *     }
             */
            definition: {
                [key: string]: unknown;
            };
        };
        ChooseWinnerDto: {
            /** @description The key of a variant. */
            variant: string;
        };
        CommentAnswerDto: {
            /**
             * @description Meta’s id of the comment, as `webhook.received` tells it.
             * @example 17889455560051444
             */
            commentId: string;
            /**
             * @description To the author alone, as a direct message: once for each comment, for 7 days.
             * @default false
             */
            privately?: boolean;
            /** @example Thank you! */
            text: string;
        };
        CommentAnsweredDto: {
            /** @description Meta’s id of the answer. */
            id: string;
        };
        ConsentChangeDto: {
            /** @description When the contact said so. */
            at: string;
            /** @description null: every channel. */
            channelId: string | null;
            detail: string | null;
            id: string;
            recordedAt: string;
            /** @description `rest`, `import`, `webhook` … */
            source: string;
            /** @enum {string} */
            state: "opted_in" | "opted_out";
        };
        ConsentConditionDto: {
            /**
             * Format: uuid
             * @description What holds on this channel.
             */
            channelId?: string;
            /** @enum {string} */
            field: "consent";
            /** @enum {string} */
            op: "is";
            /** @enum {string} */
            value: "opted_in" | "opted_out" | "unknown";
        };
        ConsentDto: {
            /** @description When the contact said so. */
            at: string;
            /** @description null: every channel. */
            channelId: string | null;
            detail: string | null;
            /** @description `rest`, `import`, `webhook` … */
            source: string;
            /** @enum {string} */
            state: "opted_in" | "opted_out";
        };
        ConsentHistoryDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ConsentChangeDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        ConsentsDto: {
            items: components["schemas"]["ConsentDto"][];
        };
        ContactDto: {
            attributes: Record<string, never>;
            createdAt: string;
            email: string | null;
            id: string;
            identities: components["schemas"]["IdentityDto"][];
            /** @description When they last wrote. */
            lastSeenAt: string | null;
            name: string | null;
            /** @description Digits with country code. */
            phone: string | null;
            tags: string[];
            updatedAt: string;
            username: string | null;
        };
        ContactListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ContactDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        ContactProfileDto: {
            /** Format: uuid */
            channelId: string;
            /** @description Page-scoped or Instagram-scoped id. */
            customer: string;
            /**
             * Format: date-time
             * @description null: not read yet.
             */
            fetchedAt: string | null;
            /** @description Why Meta does not tell. */
            hiddenReason: string | null;
            name: string | null;
            /** @description Meta’s address of the picture; it ends after some days. */
            pictureUrl: string | null;
            /** @enum {string} */
            platform: "messenger" | "instagram";
            username: string | null;
        };
        ContactProfilesDto: {
            items: components["schemas"]["ContactProfileDto"][];
        };
        ContactSummaryDto: {
            /** Format: uuid */
            id: string;
            /** @description As the platform tells it. */
            name: string | null;
            /** @description Digits with country code; null where the platform hides it. */
            phone: string | null;
            /** @description As the platform tells it. */
            username: string | null;
        };
        ConversationListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            /** @description Latest message first. */
            items: (components["schemas"]["ConversationViewDto"] | components["schemas"]["InternalConversationViewDto"])[];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        ConversationViewDto: {
            /**
             * Format: uuid
             * @description The user who takes care of it.
             */
            assigneeId: string | null;
            /** Format: uuid */
            channelId: string;
            contact: components["schemas"]["ContactSummaryDto"];
            /** Format: uuid */
            id: string;
            /** @description Ids of labels. */
            labels: string[];
            lastMessage: components["schemas"]["LastMessageDto"] | null;
            /** @enum {string} */
            platform: "whatsapp" | "messenger" | "instagram";
            /**
             * Format: date-time
             * @description Until when free-form answers are allowed: 24 h after the customer’s last message.
             */
            serviceWindowEndsAt: string | null;
            /**
             * Format: date-time
             * @description Only while `status` is `snoozed`.
             */
            snoozedUntil: string | null;
            /** @enum {string} */
            status: "open" | "pending" | "snoozed" | "closed";
            /** @description Inbound messages that nobody of the workspace has read yet. */
            unreadCount: number;
            /** @description To be named when changing it. */
            version: number;
        };
        ConversionDto: {
            at: string;
            /** @description The campaign that it is put down to: the latest that sent to the contact, where it was within its `attributionHours`. Null, too, where that is on a channel that you do not see. */
            campaignId: string | null;
            contactId: string;
            currency: string | null;
            id: string;
            key: string;
            name: string;
            value: number | null;
        };
        ConversionSumDto: {
            count: number;
            currency: string | null;
            name: string;
            /** @description All of them together; 0 without a currency. */
            value: number;
            variant: string;
        };
        CostDto: {
            /** @description By the workspace’s price list, six decimals. */
            amount: number;
            /** @description The dearest first; what is free is not there. */
            categories: components["schemas"]["CategoryCostDto"][];
            /** @example EUR */
            currency: string;
            /** @description Messages that the list has no price for; they are in no amount. */
            unpriced: number;
        };
        CountDto: {
            /** @description Contacts that fit now. */
            count: number;
        };
        CreateApiKeyRequest: {
            /** @description The only channels whose conversations, messages and events are to be seen; an empty list: none. null: all. For agents and viewers. */
            channelIds?: string[] | null;
            /**
             * Format: date-time
             * @description Works until it is revoked if left out.
             */
            expiresAt?: string;
            /** @example Shop backend */
            name: string;
            /**
             * @description No higher than your own.
             * @enum {string}
             */
            role: "viewer" | "agent" | "admin";
            /**
             * @description What it may do within its role, as `<area>:read` or `<area>:write`; all that the role may if left out. The areas are the first part of a REST path; conversations and the namespace /messages are `messages`, webhook deliveries and /webhooks `webhooks`.
             * @example [
             *       "messages:write",
             *       "contacts:read"
             *     ]
             */
            scopes?: string[];
        };
        CreateCampaignDto: {
            /**
             * @description Who writes within so many hours of their message has replied to it.
             * @default 72
             */
            attributionHours?: number;
            /**
             * @description Whom it is for, found when it starts.
             * @example {
             *       "all": true
             *     }
             */
            audience: components["schemas"]["AudienceDto"];
            /**
             * Format: uuid
             * @description The channel it is sent through.
             */
            channelId: string;
            /**
             * @description `opt_in`: only to those who have agreed. Nobody who has opted out is ever sent to.
             * @default no_opt_out
             * @enum {string}
             */
            consent?: "no_opt_out" | "opt_in";
            /**
             * @description What is sent, as in `POST /v1/messages`. Texts may speak of the recipient: `{{contact.first_name|there}}`, `{{contact.attributes.plan|basic}}`; see docs/campaigns.md. What is no template reaches only those whose window is open.
             * @example {
             *       "type": "text",
             *       "text": "Hello {{contact.first_name|there}}!"
             *     }
             */
            content?: ({
                previewUrl?: boolean;
                text: string;
                /** @constant */
                type: "text";
            } | {
                components?: ({
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "header";
                } | {
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "body";
                } | {
                    index: number;
                    parameters?: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @enum {string} */
                    subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                    /** @constant */
                    type: "button";
                } | {
                    cards: {
                        components: ({
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "header";
                        } | {
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "body";
                        } | {
                            index: number;
                            parameters?: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @enum {string} */
                            subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                            /** @constant */
                            type: "button";
                        })[];
                    }[];
                    /** @constant */
                    type: "carousel";
                } | {
                    expiresAt: number;
                    /** @constant */
                    type: "limited_time_offer";
                })[];
                language: string;
                name: string;
                /** @constant */
                type: "template";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "voice";
            } | {
                caption?: string;
                filename?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "sticker";
            } | {
                address?: string;
                latitude: number;
                longitude: number;
                name?: string;
                /** @constant */
                type: "location";
            } | {
                contacts: {
                    addresses?: {
                        city?: string;
                        country?: string;
                        countryCode?: string;
                        state?: string;
                        street?: string;
                        type?: string;
                        zip?: string;
                    }[];
                    birthday?: string;
                    emails?: {
                        email: string;
                        type?: string;
                    }[];
                    name: {
                        firstName?: string;
                        formattedName: string;
                        lastName?: string;
                        middleName?: string;
                        prefix?: string;
                        suffix?: string;
                    };
                    org?: {
                        company?: string;
                        department?: string;
                        title?: string;
                    };
                    phones?: {
                        phone: string;
                        type?: string;
                        waId?: string;
                    }[];
                    urls?: {
                        type?: string;
                        url: string;
                    }[];
                }[];
                /** @constant */
                type: "contacts";
            } | {
                buttons: {
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                }[];
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    rows: {
                        description?: string;
                        id: string;
                        title: string;
                    }[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "list";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "cta_url";
                url: string;
            } | {
                /** @enum {string} */
                action?: "navigate" | "data_exchange";
                button: string;
                data?: Record<string, never>;
                flowId?: string;
                flowName?: string;
                flowToken?: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                /** @enum {string} */
                mode?: "draft" | "published";
                screen?: string;
                text: string;
                /** @constant */
                type: "flow";
            } | {
                catalogId: string;
                footer?: string;
                productRetailerId: string;
                text?: string;
                /** @constant */
                type: "product";
            } | {
                catalogId: string;
                footer?: string;
                header: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    productRetailerIds: string[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "product_list";
            } | {
                text: string;
                /** @constant */
                type: "location_request";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: ({
                    imageUrl?: string;
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                } | {
                    /** @constant */
                    type: "user_email";
                } | {
                    /** @constant */
                    type: "user_phone_number";
                })[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    } | {
                        phone: string;
                        title: string;
                        /** @constant */
                        type: "phone";
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                buttons?: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @enum {string} */
                mediaType: "image" | "video";
                /** @constant */
                type: "media_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId?: string;
                postId?: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: {
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                }[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            });
            /**
             * @description Pauses by itself once more than this part of its messages has failed, of at least 20 since it began or went on; null: never.
             * @default 0.3
             */
            failureRatio?: number | null;
            name: string;
            /** @description When it is sent; at any time where left out. */
            schedule?: components["schemas"]["ScheduleDto"] | null;
            /** @description Try the variants on a part first, and send the rest the better one. Everybody gets one of them where left out. */
            trial?: components["schemas"]["TrialDto"] | null;
            /** @description Instead of `content`: parts of the audience, drawn at random, get different ones, to be compared. */
            variants?: components["schemas"]["VariantDto"][];
        };
        CreateCannedReplyDto: {
            /** @description Variables: {{contact.name}}, {{contact.first_name}}, {{contact.username}}, {{contact.phone}}, {{agent.name}}, {{agent.first_name}}, {{channel.name}}, {{workspace.name}}; {{contact.first_name|there}} says what to put where it is not known. */
            body: string;
            /**
             * @description Unique in the workspace, whatever the case.
             * @example greeting
             */
            shortcut: string;
        };
        CreateContactDto: {
            /**
             * @description Values by key of the workspace’s attributes; `null` takes one away, what is left out stays.
             * @example {
             *       "plan": "gold",
             *       "since": "2026-01-31",
             *       "interests": [
             *         "shoes"
             *       ]
             *     }
             */
            attributes?: Record<string, never>;
            /** @description Likewise. */
            email?: string | null;
            /** @description Besides those of `phone` and `email`. */
            identities?: components["schemas"]["IdentityDto"][];
            name?: string | null;
            /** @description With country code. Becomes an identity; that of a number before stays. */
            phone?: string | null;
            /** @description Names of tags; all of them, the others go. */
            tags?: string[];
            username?: string | null;
        };
        CreateFlowDto: {
            /**
             * @description As `GET /v1/flows/schema` has it; at most 64 KB of JSON. What it means is in docs/flows.md.
             * @example {
             *       "format": 1,
             *       "triggers": [
             *         {
             *           "on": "message",
             *           "first": true
             *         }
             *       ],
             *       "start": "hello",
             *       "steps": {
             *         "hello": {
             *           "do": "send",
             *           "content": {
             *             "type": "text",
             *             "text": "Hello {{ contact.first_name | there }}!"
             *           }
             *         }
             *       }
             *     }
             */
            definition: {
                [key: string]: unknown;
            };
            name: string;
        };
        CreateInternalConversationDto: {
            /** @enum {string} */
            kind: "direct" | "group";
            /** @description group: what it is called. */
            title?: string;
            /**
             * Format: uuid
             * @description direct: with whom.
             */
            userId?: string;
            /** @description group: the others. */
            userIds?: string[];
        };
        CreateInvitationRequest: {
            /** @description The only channels whose conversations, messages and events are to be seen; an empty list: none. null: all. For agents and viewers. */
            channelIds?: string[] | null;
            /**
             * @description For how many days it is open.
             * @default 7
             */
            days?: number;
            /**
             * Format: email
             * @example owner@example.com
             */
            email: string;
            /**
             * @description No higher than your own.
             * @enum {string}
             */
            role: "viewer" | "agent" | "admin" | "owner";
        };
        CreateLabelDto: {
            /** @example #2f80ed */
            color: string;
            /** @description Unique in the workspace, whatever the case. */
            name: string;
        };
        CreateSegmentDto: {
            /**
             * @description A tree of `all`, `any`, `not` and conditions; see docs/contacts.md.
             * @example {
             *       "all": [
             *         {
             *           "field": "attribute",
             *           "key": "plan",
             *           "op": "equals",
             *           "value": "gold"
             *         },
             *         {
             *           "field": "last_seen",
             *           "op": "within_days",
             *           "value": 30
             *         }
             *       ]
             *     }
             */
            filter: components["schemas"]["TextConditionDto"] | components["schemas"]["AttributeConditionDto"] | components["schemas"]["TagConditionDto"] | components["schemas"]["ConsentConditionDto"] | components["schemas"]["PlatformConditionDto"] | components["schemas"]["ChannelConditionDto"] | components["schemas"]["TimeConditionDto"] | components["schemas"]["AllOfDto"] | components["schemas"]["AnyOfDto"] | components["schemas"]["NotDto"];
            /** @description Unique in the workspace, whatever the case. */
            name: string;
        };
        CreateTemplateDto: {
            /**
             * Format: uuid
             * @description A WhatsApp channel; the template is its business account’s.
             */
            channelId: string;
            /**
             * @description As Meta’s `POST /{business account}/message_templates` takes it: `name`, `language`, `category`, `components`, `parameter_format` …
             * @example {
             *       "name": "order_sent",
             *       "language": "en_US",
             *       "category": "UTILITY",
             *       "components": [
             *         {
             *           "type": "BODY",
             *           "text": "Order {{1}} is on its way to you.",
             *           "example": {
             *             "body_text": [
             *               [
             *                 "4711"
             *               ]
             *             ]
             *           }
             *         },
             *         {
             *           "type": "FOOTER",
             *           "text": "Clay & Table"
             *         }
             *       ]
             *     }
             */
            template: Record<string, never>;
        };
        CreateUserRequest: {
            /** @description The only channels whose conversations, messages and events are to be seen; an empty list: none. null: all. For agents and viewers. */
            channelIds?: string[] | null;
            /**
             * Format: email
             * @example owner@example.com
             */
            email: string;
            name?: string;
            /** @description Needed unless the operator adds somebody who signs in here already, whose password stays as it is. */
            password?: string;
            /**
             * @description No higher than your own.
             * @enum {string}
             */
            role: "viewer" | "agent" | "admin" | "owner";
        };
        CreateWorkspaceRequest: {
            name: string;
            owner: components["schemas"]["WorkspaceOwner"];
        };
        DecisionDto: {
            at: string;
            /**
             * @description By what `trial` says, or by somebody.
             * @enum {string}
             */
            by: "rule" | "hand";
            variant: string;
        };
        DefineAttributeDto: {
            /** @description Type `choices`: what may be chosen, at most 200. */
            choices?: string[];
            /**
             * @description How values are named: lower case, for good.
             * @example plan
             */
            key: string;
            label: string;
            /**
             * @description `date` is a day, `YYYY-MM-DD`; `choices` a list out of `choices`.
             * @enum {string}
             */
            type: "text" | "number" | "boolean" | "date" | "choices";
        };
        DisconnectedDto: {
            /**
             * @description By namespace; those without are left out.
             * @example {
             *       "/messages": 2,
             *       "/notifications": 1
             *     }
             */
            namespaces: {
                [key: string]: number;
            };
            /**
             * @description Sockets that were told `session.ended` and closed.
             * @example 3
             */
            sockets: number;
        };
        ErasureDto: {
            contactId: string;
            finishedAt: string | null;
            id: string;
            requestedAt: string;
            requestedBy: string;
            /** @enum {string} */
            state: "running" | "done";
        };
        ErasureListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ErasureDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        ErasureStartedDto: {
            erasureId: string;
        };
        EventDto: {
            /** @example 54d4bde47d.0000000000000042 */
            cursor: string;
            /** @description As the event catalogue (docs/events.md) has it for the type. */
            data: Record<string, never>;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description By Meta's clock where Meta tells it.
             */
            occurredAt: string;
            /** @enum {string} */
            type: "webhook.received" | "webhook.quarantined" | "webhook.mention_read" | "message.received" | "message.queued" | "message.sent" | "message.delivered" | "message.read" | "message.failed" | "message.unknown" | "message.deleted" | "message.edited" | "message.reacted" | "message.noted" | "message.posted" | "internal.created" | "internal.updated" | "label.created" | "label.updated" | "label.deleted" | "message.media_stored" | "message.media_failed" | "conversation.created" | "conversation.updated" | "conversation.referred" | "conversation.read" | "unread.changed" | "typing.started" | "typing.stopped" | "presence.changed" | "viewing.changed" | "contact.created" | "contact.updated" | "contact.deleted" | "contact.merged" | "contact.opted_out" | "contact.opted_in" | "contact.import_progressed" | "contact.import_completed" | "contact.exported" | "contact.erased" | "campaign.scheduled" | "campaign.started" | "campaign.progressed" | "campaign.paused" | "campaign.resumed" | "campaign.completed" | "campaign.failed" | "campaign.cancelled" | "flow.started" | "flow.step_completed" | "flow.waiting" | "flow.completed" | "flow.failed" | "channel.status_changed" | "channel.quality_changed" | "channel.alert" | "template.status_changed" | "team.activity";
            /** Format: uuid */
            workspaceId: string;
        };
        EventListDto: {
            /** @description The newest event when this was read. */
            head: string;
            /** @description In order. */
            items: components["schemas"]["EventDto"][];
            /** @description Pass as `after` to go on. */
            next: string;
        };
        ExecutionDto: {
            /** Format: uuid */
            channelId: string | null;
            /** Format: uuid */
            contactId: string | null;
            /** Format: uuid */
            conversationId: string | null;
            /**
             * Format: date-time
             * @description When it goes on by itself.
             */
            dueAt: string | null;
            /** @description Why it has failed. */
            error: components["schemas"]["FlowErrorDto"] | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** Format: uuid */
            flowId: string;
            flowName: string;
            /** @description A person has the conversation: it rests until that is over. */
            held: boolean;
            /** Format: uuid */
            id: string;
            /** @description How it ended, in the flow’s own words. */
            outcome: string | null;
            /**
             * Format: uuid
             * @description The execution that called it.
             */
            parentId: string | null;
            /**
             * Format: uuid
             * @description The execution that it began again for.
             */
            replayOf: string | null;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "running" | "waiting" | "completed" | "failed" | "cancelled" | "handed_over";
            /** @description The step that it is at, or was at last. */
            step: string;
            /** @description What started it: `on`, and what that brought. */
            trigger: {
                [key: string]: unknown;
            };
            /** @description Its variables, as they are now. */
            vars: {
                [key: string]: unknown;
            };
            /** @description Null: it tries a draft. */
            version: number | null;
            /** @description `message`, `time`, `event`, `call`. */
            waitsFor: string | null;
        };
        ExecutionListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ExecutionDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        ExecutionStepDto: {
            error: components["schemas"]["StepErrorDto"] | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** @description Beyond 16 KB cut. */
            input: {
                [key: string]: unknown;
            } | null;
            /** @example send */
            kind: string;
            /**
             * Format: uuid
             * @description The message that it sent.
             */
            messageId: string | null;
            n: number;
            /** @description Beyond 16 KB cut. */
            output: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            startedAt: string;
            /**
             * @description `unknown`: it may have been done, and is not done again by itself.
             * @enum {string}
             */
            state: "begun" | "waiting" | "completed" | "failed" | "unknown" | "cancelled";
            step: string;
        };
        ExecutionWithStepsDto: {
            /** Format: uuid */
            channelId: string | null;
            /** Format: uuid */
            contactId: string | null;
            /** Format: uuid */
            conversationId: string | null;
            /**
             * Format: date-time
             * @description When it goes on by itself.
             */
            dueAt: string | null;
            /** @description Why it has failed. */
            error: components["schemas"]["FlowErrorDto"] | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** Format: uuid */
            flowId: string;
            flowName: string;
            /** @description A person has the conversation: it rests until that is over. */
            held: boolean;
            /** Format: uuid */
            id: string;
            /** @description How it ended, in the flow’s own words. */
            outcome: string | null;
            /**
             * Format: uuid
             * @description The execution that called it.
             */
            parentId: string | null;
            /**
             * Format: uuid
             * @description The execution that it began again for.
             */
            replayOf: string | null;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "running" | "waiting" | "completed" | "failed" | "cancelled" | "handed_over";
            /** @description The step that it is at, or was at last. */
            step: string;
            steps: components["schemas"]["ExecutionStepDto"][];
            /** @description What started it: `on`, and what that brought. */
            trigger: {
                [key: string]: unknown;
            };
            /** @description Its variables, as they are now. */
            vars: {
                [key: string]: unknown;
            };
            /** @description Null: it tries a draft. */
            version: number | null;
            /** @description `message`, `time`, `event`, `call`. */
            waitsFor: string | null;
        };
        FileCountsDto: {
            /** @description Rows of somebody who stands in the file before: nobody is sent to twice. */
            duplicates: number;
            /** @description Rows that are nobody’s, with the reason in the errors of the import. */
            refused: number;
            /** @description Of the file. */
            rows: number;
        };
        FilterDto: {
            /**
             * @description A tree of `all`, `any`, `not` and conditions; see docs/contacts.md.
             * @example {
             *       "all": [
             *         {
             *           "field": "attribute",
             *           "key": "plan",
             *           "op": "equals",
             *           "value": "gold"
             *         },
             *         {
             *           "field": "last_seen",
             *           "op": "within_days",
             *           "value": 30
             *         }
             *       ]
             *     }
             */
            filter: components["schemas"]["TextConditionDto"] | components["schemas"]["AttributeConditionDto"] | components["schemas"]["TagConditionDto"] | components["schemas"]["ConsentConditionDto"] | components["schemas"]["PlatformConditionDto"] | components["schemas"]["ChannelConditionDto"] | components["schemas"]["TimeConditionDto"] | components["schemas"]["AllOfDto"] | components["schemas"]["AnyOfDto"] | components["schemas"]["NotDto"];
        };
        FlowCheckDto: {
            problems: components["schemas"]["FlowProblemDto"][];
        };
        FlowDto: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            createdBy: string;
            /** @description The draft. */
            definition: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            publishedAt: string | null;
            /** @enum {string} */
            state: "draft" | "published" | "off";
            /** Format: date-time */
            updatedAt: string;
            /** @description The version that was published last; null: none was. */
            version: number | null;
        };
        FlowErrorDto: {
            code: string;
            message: string;
            step: string;
        };
        FlowExampleDto: {
            definition: {
                [key: string]: unknown;
            };
            description: string;
            /** @example welcome */
            id: string;
            name: string;
        };
        FlowExampleListDto: {
            items: components["schemas"]["FlowExampleDto"][];
        };
        FlowFileDto: {
            /**
             * @description As `GET /v1/flows/schema` has it; at most 64 KB of JSON. What it means is in docs/flows.md.
             * @example {
             *       "format": 1,
             *       "triggers": [
             *         {
             *           "on": "message",
             *           "first": true
             *         }
             *       ],
             *       "start": "hello",
             *       "steps": {
             *         "hello": {
             *           "do": "send",
             *           "content": {
             *             "type": "text",
             *             "text": "Hello {{ contact.first_name | there }}!"
             *           }
             *         }
             *       }
             *     }
             */
            definition: {
                [key: string]: unknown;
            };
            name: string;
            /** @enum {string} */
            switchboard: "flow";
        };
        FlowListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["FlowDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        FlowProblemDto: {
            /**
             * @description See docs/flows.md.
             * @example unknown_step
             */
            code: string;
            /** @example steps.ask_name.content.buttons[0].title */
            field: string;
            message: string;
            /** @description The step it is in; null: the flow as a whole, or a trigger. */
            step: string | null;
        };
        FlowStatsDto: {
            /** @description Executions of this version by state, as far as they are kept. */
            executions: {
                [key: string]: number;
            };
            /** @description Each step of the version, in the order in which it names them. */
            steps: components["schemas"]["StepCountDto"][];
            /** @description Null: none was published. */
            version: number | null;
        };
        FlowVersionDto: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            createdBy: string;
            definition: {
                [key: string]: unknown;
            };
            number: number;
        };
        FlowVersionListDto: {
            items: components["schemas"]["FlowVersionDto"][];
        };
        FunnelDto: {
            cancelled: number;
            /** @description It reached them, read or not. */
            delivered: number;
            failed: number;
            read: number;
            /** @description Recipients who were to be sent to: all but the excluded. */
            recipients: number;
            /** @description Wrote within the attribution window. */
            replied: number;
            /** @description Meta took their message. */
            sent: number;
            /** @description Meta may have it. */
            unknown: number;
        };
        HealthDto: {
            services: components["schemas"]["ServicesDto"];
            /** @enum {string} */
            status: "ok" | "down" | "draining";
            /** Format: date-time */
            timestamp: string;
        };
        IdentityDto: {
            /** Format: uuid */
            channelId?: string | null;
            /**
             * @description `psid` and `igsid` mean a person only within a channel: `channelId`.
             * @enum {string}
             */
            kind: "wa_user_id" | "wa_id" | "psid" | "igsid" | "email";
            value: string;
        };
        ImportDto: {
            bytes: number;
            columns: string[];
            created: number;
            createdAt: string;
            dryRun: boolean;
            /** @description Where rows are kept: those of somebody who stands in the file before; of them the first row counts. */
            duplicates: number;
            /** @description Rows refused: GET …/errors. */
            failed: number;
            fileName: string;
            finishedAt: string | null;
            id: string;
            /** @description Rows are kept for campaigns. */
            keepRows: boolean;
            /** @description Rows taken in but for their opt-in, of contacts who have opted out: GET …/errors. */
            optOutsKept: number;
            /** @description Why it failed. */
            reason: string | null;
            /** @description Read so far. */
            rows: number;
            /** @description The first rows; empty once the file is taken in. */
            sample: string[][];
            /**
             * @description `checked`: a dry run ended.
             * @enum {string}
             */
            state: "uploaded" | "running" | "checked" | "completed" | "failed";
            unchanged: number;
            updated: number;
        };
        ImportListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ImportDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        InternalContentDto: {
            text: string;
        };
        InternalConversationViewDto: {
            /**
             * Format: date-time
             * @description When it was begun.
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description The user who began it.
             */
            createdBy: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "direct" | "group";
            lastMessage: components["schemas"]["InternalLastMessageDto"] | null;
            participants: components["schemas"]["ParticipantDto"][];
            /** @enum {string} */
            platform: "internal";
            /** @description Of a group. */
            title: string | null;
        };
        InternalLastMessageDto: {
            /** @enum {string} */
            direction: "internal";
            /** Format: uuid */
            id: string;
            /** @description One line of it. */
            preview: string;
            /**
             * Format: date-time
             * @description By Meta’s clock.
             */
            sentAt: string;
            /** @example text */
            type: string;
        };
        InternalMessageDto: {
            /** @description A send repeated with the same one is one message. */
            clientId?: string;
            text: string;
        };
        InternalMessageViewDto: {
            author: components["schemas"]["UserAuthorDto"];
            /** @description The sender’s own id of it. */
            clientId: string | null;
            content: components["schemas"]["InternalContentDto"];
            /** Format: uuid */
            conversationId: string;
            /** @enum {string} */
            direction: "internal";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            platform: "internal";
            /**
             * Format: date-time
             * @description By our clock.
             */
            sentAt: string;
            /** @example text */
            type: string;
        };
        InvitationPage: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["InvitationView"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        InvitationTokenRequest: {
            /**
             * @description As the link has it behind `#token=`.
             * @example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
             */
            token: string;
        };
        InvitationView: {
            /** @description The only channels that are to be seen; null: all. */
            channelIds: string[] | null;
            /** Format: date-time */
            createdAt: string;
            email: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The user who invited.
             */
            invitedBy: string;
            /** @enum {string} */
            role: "viewer" | "agent" | "admin" | "owner";
            /** @enum {string} */
            state: "open" | "accepted" | "revoked" | "expired";
        };
        LabelDto: {
            /** @example #2f80ed */
            color: string;
            /** Format: uuid */
            id: string;
            name: string;
        };
        LabelListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["LabelDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        LastMessageDto: {
            /** @enum {string} */
            direction: "inbound" | "outbound" | "internal";
            /** Format: uuid */
            id: string;
            /** @description One line of it. */
            preview: string;
            /**
             * Format: date-time
             * @description By Meta’s clock.
             */
            sentAt: string;
            /** @example text */
            type: string;
        };
        LiveDto: {
            /** @enum {string} */
            status: "ok";
        };
        MarkedReadDto: {
            /** @description The messages that were unread, at most 100. */
            messageIds: string[];
            unreadCount: number;
        };
        MarkReadDto: {
            /**
             * Format: uuid
             * @description Up to this message; the whole conversation if left out.
             */
            messageId?: string;
        };
        MediaDto: {
            /** @description Why it could not be fetched. */
            error: string | null;
            filename: string | null;
            /** Format: uuid */
            id: string;
            mimeType: string | null;
            /** @description Hexadecimal. */
            sha256: string | null;
            /** @description Bytes. */
            size: number | null;
            /**
             * @description pending: being fetched from Meta.
             * @enum {string}
             */
            status: "pending" | "stored" | "failed";
            /** @description Signed, good for MEDIA_URL_TTL. A path of this server where PUBLIC_URL is not set. Null until stored. */
            url: string | null;
        };
        MemberPage: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["MemberView"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        MemberView: {
            /** @description The only channels that are to be seen; null: all. */
            channelIds: string[] | null;
            /** @description Disabled by the operator: cannot sign in anywhere. */
            disabled: boolean;
            email: string | null;
            /** @description Comes with tokens of another application. */
            external: boolean;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            joinedAt: string | null;
            name: string | null;
            /** Format: date-time */
            removedAt: string | null;
            /**
             * @description null once removed.
             * @enum {string|null}
             */
            role: "viewer" | "agent" | "admin" | "owner" | null;
        };
        MentionAuthorDto: {
            /** @description Page-scoped; Instagram does not tell it. */
            id: string | null;
            name: string | null;
            username: string | null;
        };
        MentionDto: {
            author: components["schemas"]["MentionAuthorDto"];
            /** Format: uuid */
            channelId: string;
            /** @description null: it is in the caption or post itself. */
            commentId: string | null;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The webhook item that told of it.
             */
            itemId: string;
            /** @description Instagram: the media it is under, or in whose caption. */
            mediaId: string | null;
            /** @description `IMAGE`, `VIDEO`, `CAROUSEL_ALBUM`; of a caption. */
            mediaType: string | null;
            /**
             * Format: date-time
             * @description When Meta told of it.
             */
            mentionedAt: string;
            permalink: string | null;
            /** @enum {string} */
            platform: "messenger" | "instagram";
            /** @description Facebook: the post. */
            postId: string | null;
            /** @description Why it is unreadable. */
            reason: string | null;
            /**
             * @description `pending`: its words are being read from Meta.
             * @enum {string}
             */
            state: "pending" | "read" | "unreadable";
            /** @description null: not known, or no words; see `state`. */
            text: string | null;
            /**
             * Format: date-time
             * @description null: Meta does not say.
             */
            writtenAt: string | null;
        };
        MentionListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["MentionDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        MergeDto: {
            /**
             * Format: uuid
             * @description The contact that is merged into this one, and then is no more.
             */
            contactId: string;
        };
        MergeListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["MergeRecordDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        MergeRecordDto: {
            contactId: string;
            createdAt: string;
            id: string;
            /** @description The user who merged them. */
            mergedBy: string | null;
            mergedContactId: string;
            mergedName: string | null;
            /**
             * @description `linked`: WhatsApp showed that the two are one.
             * @enum {string}
             */
            reason: "manual" | "linked";
            undoneAt: string | null;
        };
        MessageAuthorDto: {
            /** @description Of `meta_app`. */
            appId?: string | null;
            /**
             * Format: uuid
             * @description Of all but `meta_app`.
             */
            id?: string;
            /**
             * @description `meta_app`: sent from Meta’s own inbox or phone app.
             * @enum {string}
             */
            kind: "contact" | "user" | "flow" | "campaign" | "api_key" | "meta_app";
        };
        MessageErrorDto: {
            /** @description Meta’s. */
            code?: number;
            details?: string;
            /** @description What Meta’s support asks for. */
            fbtraceId?: string;
            /** @description Whether sending it again may help. */
            mayRetry?: boolean;
            message?: string;
            /**
             * @description What kind of failure it is.
             * @example window_closed
             */
            reason?: string;
            /** @description Meta’s. */
            subcode?: number;
            title?: string;
        };
        MessageListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            /** @description Messages and notes, newest first. */
            items: (components["schemas"]["MessageViewDto"] | components["schemas"]["InternalMessageViewDto"])[];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        MessageViewDto: {
            author: components["schemas"]["MessageAuthorDto"];
            /** Format: uuid */
            channelId: string;
            /** @description The sender’s own id of it. */
            clientId: string | null;
            /** Format: uuid */
            contactId: string;
            /** @description `text`, `attachments`, `reply` … by type; empty once deleted. */
            content: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            conversationId: string;
            /**
             * Format: date-time
             * @description When it was taken back.
             */
            deletedAt: string | null;
            /**
             * @description `internal`: a note.
             * @enum {string}
             */
            direction: "inbound" | "outbound" | "internal";
            /**
             * Format: date-time
             * @description When its words were last changed.
             */
            editedAt: string | null;
            /** @description Why it was not sent or delivered. */
            error: components["schemas"]["MessageErrorDto"] | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            platform: "whatsapp" | "messenger" | "instagram";
            /** @description The platform’s own id; null until Meta has taken it, and of notes. */
            platformMessageId: string | null;
            /**
             * Format: uuid
             * @description The message that it answers, where that is known here.
             */
            replyToMessageId: string | null;
            /**
             * Format: date-time
             * @description By Meta’s clock.
             */
            sentAt: string;
            /** @enum {string} */
            status: "received" | "queued" | "unknown" | "sent" | "delivered" | "read" | "played" | "failed";
            /**
             * @description `text`, `image`, `postback`, `template` …; `note`.
             * @example text
             */
            type: string;
        };
        MetaAppDto: {
            appId: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            updatedAt: string;
        };
        MetaAppListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["MetaAppDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        MeView: {
            /**
             * Format: date-time
             * @description When the access token ends.
             */
            expiresAt: string;
            /**
             * @description The role in `workspace`, as the access token has it.
             * @enum {string}
             */
            role: "viewer" | "agent" | "admin" | "owner";
            /** Format: uuid */
            sessionId: string;
            user: components["schemas"]["UserView"];
            workspace: components["schemas"]["NamedWorkspace"];
            /** @description Every workspace of the user. */
            workspaces: components["schemas"]["WorkspaceMembershipView"][];
        };
        NamedWorkspace: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        NewApiKeyView: {
            /** @description The only channels that are to be seen; null: all. */
            channelIds: string[] | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description The user who made it.
             */
            createdBy: string;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * @description How the key begins.
             * @example sbk_Q3Zk
             */
            hint: string;
            /** Format: uuid */
            id: string;
            /** @description For `Authorization: Bearer` and for sockets. It is not shown again. */
            key: string;
            /**
             * Format: date-time
             * @description To within five minutes.
             */
            lastUsedAt: string | null;
            name: string;
            /** Format: date-time */
            revokedAt: string | null;
            /** @enum {string} */
            role: "viewer" | "agent" | "admin";
            /** @description null: all that the role may. */
            scopes: string[] | null;
        };
        NewInvitationView: {
            /** @description The only channels that are to be seen; null: all. */
            channelIds: string[] | null;
            /** Format: date-time */
            createdAt: string;
            email: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The user who invited.
             */
            invitedBy: string;
            /**
             * @description To be passed on by you: no mail is sent. Behind `PUBLIC_URL`, else the address of this request.
             * @example https://switchboard.example/invitation#token=…
             */
            link: string;
            /** @enum {string} */
            role: "viewer" | "agent" | "admin" | "owner";
            /** @enum {string} */
            state: "open" | "accepted" | "revoked" | "expired";
            /** @description Works once. It is not shown again. */
            token: string;
        };
        NotDto: {
            not: components["schemas"]["TextConditionDto"] | components["schemas"]["AttributeConditionDto"] | components["schemas"]["TagConditionDto"] | components["schemas"]["ConsentConditionDto"] | components["schemas"]["PlatformConditionDto"] | components["schemas"]["ChannelConditionDto"] | components["schemas"]["TimeConditionDto"] | components["schemas"]["AllOfDto"] | components["schemas"]["AnyOfDto"] | components["schemas"]["NotDto"];
        };
        NoteDto: {
            /** @description Ids of users of the workspace; at most 50. */
            mentions?: string[];
            text: string;
        };
        OpenInvitationView: {
            email: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description This person has an account: sign in, then send the token to /v1/invitations/join. */
            hasAccount: boolean;
            /** @enum {string} */
            role: "viewer" | "agent" | "admin" | "owner";
            workspaceName: string;
        };
        ParticipantDto: {
            /** @description Null where they have none. */
            name: string | null;
            /** @description Messages of the conversation that they have not read. */
            unreadCount: number;
            /** Format: uuid */
            userId: string;
        };
        PersonalDataDto: {
            /** @description Of which they were recipients. */
            campaigns: Record<string, never>[];
            /** @description Every opt-in and opt-out. */
            consents: Record<string, never>[];
            contact: Record<string, never>;
            /** @description The contact and those that were merged into it. */
            contactIds: string[];
            /** @description Edits, what brought them, what is to be sent to them, and their files. */
            conversationData: Record<string, never>[];
            /** @description Theirs. */
            conversations: Record<string, never>[];
            /** @description What they did, as other systems told. */
            conversions: Record<string, never>[];
            /** @description Of the event log. */
            events: Record<string, never>[];
            /** Format: date-time */
            exportedAt: string;
            /** @description Of flows that they went through, with what was asked and answered. */
            flows: Record<string, never>[];
            /** @description Their ids, each with its `kind` and `value`. */
            identities: Record<string, never>[];
            /** @description Rows of files that are kept for campaigns. */
            importRows: Record<string, never>[];
            /** @description Where they mention an account. */
            mentions: Record<string, never>[];
            /** @description What was merged into the contact. */
            merges: Record<string, never>[];
            /** @description Both sides’, in the order in which they became known. */
            messages: Record<string, never>[];
            /** @description What Messenger and Instagram tell of them. */
            profiles: Record<string, never>[];
            /** @description Names. */
            tags: string[];
            /** @description What Meta sent of them. */
            webhookItems: Record<string, never>[];
        };
        PlatformConditionDto: {
            /** @enum {string} */
            field: "platform";
            /** @enum {string} */
            op: "any_of";
            value: ("whatsapp" | "messenger" | "instagram")[];
        };
        PlatformUseDto: {
            /**
             * @description As what it can be sent.
             * @example [
             *       "document"
             *     ]
             */
            kinds: string[];
            /** @enum {string} */
            platform: "whatsapp" | "messenger" | "instagram";
            /** @description As what it cannot, and which limit is in the way. */
            refused: components["schemas"]["RefusedKindDto"][];
        };
        PostedMessageDto: {
            conversation: components["schemas"]["InternalConversationViewDto"];
            message: components["schemas"]["InternalMessageViewDto"];
        };
        PreviewDto: {
            /** @description Contacts in the audience now. */
            audience: number;
            /** @description What it would cost if all of it were delivered; null where the workspace has set no prices, and but for WhatsApp. */
            cost: components["schemas"]["CostDto"] | null;
            /** @description Seconds that it would take at the channel’s rate. */
            durationSeconds: number | null;
            /** @description The others, by the reason. */
            exclusions: {
                [key: string]: number;
            };
            /** @description Of `audience.importId`. */
            file: components["schemas"]["FileCountsDto"] | null;
            /** @description What Meta would count, by pricing category. Its prices depend on the recipient’s country and are Meta’s to tell. */
            pricing: components["schemas"]["PricingDto"][];
            /** @description Of these, those that would be sent to. */
            recipients: number;
            /** @description Some of them, the newest contacts. */
            sample: components["schemas"]["SampleDto"][];
            /** @description Recipients by variant; `*`: who is sent what turns out better. */
            variants: {
                [key: string]: number;
            };
        };
        PriceDto: {
            /**
             * @description How numbers of the country begin, 1 to 4 digits; the longest that fits goes. Null: everywhere else.
             * @example 34
             */
            callingCode: string | null;
            /** @enum {string} */
            category: "marketing" | "utility" | "authentication";
            /**
             * @description Of one delivered message.
             * @example 0.0509
             */
            price: number;
        };
        PricesDto: {
            /** @description Null where no prices are set. */
            currency: string | null;
            prices: components["schemas"]["PriceDto"][];
            updatedAt: string | null;
        };
        PricingDto: {
            /** @description WhatsApp: `marketing`, `utility`, `authentication`, or `service` for what is no template. Else `none`. */
            category: string;
            /** @description Of these, those that Meta takes nothing for: service messages, and utility templates in an open window. */
            free: number;
            /** @description Messages of this category. */
            messages: number;
        };
        ProblemDto: {
            /**
             * @description Stable; for programs.
             * @example invalid
             */
            code: string;
            /** @example email must be an email. */
            detail: string;
            /** @description Of `invalid`, the fields it is about: a list of `field` and `problems`. */
            details?: Record<string, never>;
            /** @description Of `resync`, why; as over sockets. */
            reason?: string;
            /** @description Of `resync`, the paths to load again. */
            refetch?: string[];
            /** @example 400 */
            status: number;
            /** @example The request is not valid */
            title: string;
            /** @example about:blank */
            type: string;
        };
        PrunedDto: {
            /** @description How many events were deleted. */
            pruned: number;
        };
        PruneEventsDto: {
            /** @description Events up to and including this cursor are deleted. */
            upTo: string;
            /** Format: uuid */
            workspaceId: string;
        };
        PutSecretDto: {
            /**
             * @description Letters, digits and `_`, beginning with a letter; at most 64.
             * @example CRM_TOKEN
             */
            name: string;
            /** @description Never shown again. */
            value: string;
        };
        QuietHoursDto: {
            /**
             * @description `HH:MM`.
             * @example 21:00
             */
            from: string;
            /**
             * @description `HH:MM`, of the next day where it is earlier.
             * @example 09:00
             */
            to: string;
        };
        ReactionDto: {
            /**
             * @description One emoji; empty takes the reaction back. Instagram has only ❤️.
             * @example 👍
             */
            emoji: string;
        };
        ReadyDto: {
            /** @enum {string} */
            status: "ok" | "down" | "draining";
            stores: components["schemas"]["StoresDto"];
        };
        RecipientContactDto: {
            id: string;
            name: string | null;
            phone: string | null;
            username: string | null;
        };
        RecipientDto: {
            /** @description Null where they are gone. */
            contact: components["schemas"]["RecipientContactDto"] | null;
            contactId: string;
            dueAt: string;
            /** @description Why their message failed; as `error` of a message. */
            error: {
                [key: string]: unknown;
            } | null;
            messageId: string | null;
            queuedAt: string | null;
            /**
             * @description Why they are excluded.
             * @enum {string|null}
             */
            reason: "opted_out" | "not_opted_in" | "no_identity" | "needs_phone" | "window_closed" | "duplicate" | "missing_value" | "invalid" | "gone" | null;
            repliedAt: string | null;
            /** @description What their message speaks of in the audience’s file. */
            row: {
                [key: string]: string;
            } | null;
            /** @enum {string} */
            state: "pending" | "queued" | "sent" | "delivered" | "read" | "failed" | "unknown" | "cancelled" | "excluded";
            /** @description `*`: is sent what turns out better. */
            variant: string;
        };
        RecipientListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["RecipientDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        RecordConsentDto: {
            /** @description When the contact said so; now if left out. The latest counts. Not in the future. */
            at?: string;
            /**
             * Format: uuid
             * @description On this channel; on every channel if left out.
             */
            channelId?: string;
            /** @description How: a form, a call, a keyword … */
            detail?: string;
            /** @enum {string} */
            state: "opted_in" | "opted_out";
        };
        RecordConversionDto: {
            /**
             * Format: date-time
             * @description When; now unless told otherwise.
             */
            at?: string;
            /**
             * Format: uuid
             * @description Who did it; or `phone`.
             */
            contactId?: string;
            /**
             * @description ISO 4217.
             * @example EUR
             */
            currency?: string;
            /**
             * @description Yours, one for each: the same again is counted once.
             * @example order-1042
             */
            key: string;
            /**
             * @description What they did.
             * @example order
             */
            name: string;
            /**
             * @description The WhatsApp number of who did it, with country code.
             * @example +34600111222
             */
            phone?: string;
            /**
             * @description With `currency`.
             * @example 49.9
             */
            value?: number;
        };
        ReferralDto: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            contactId: string;
            /** Format: uuid */
            id: string;
            /** @description Meta's id of the message that carried it. */
            platformMessageId: string | null;
            /** @description `source`, `type`, `ref`, `adId`, `clickId`, `url`, `headline` …: what Meta told. */
            referral: Record<string, never>;
        };
        ReferralListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["ReferralDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        RefreshRequest: {
            /** @description As it was given out; it works once. */
            refreshToken: string;
        };
        RefusedKindDto: {
            /** @example image */
            kind: string;
            /**
             * @example [
             *       "file may be at most 5 MB; it is 7.2 MB."
             *     ]
             */
            problems: string[];
        };
        RegisterChannelDto: {
            /** @description WhatsApp Business Account id; account and template updates name only this. */
            businessAccountId?: string;
            /**
             * @description WhatsApp phone number id, Facebook page id or Instagram professional account id.
             * @example 106540352242922
             */
            externalId: string;
            /**
             * @description Where the Graph API is, if not at Meta's; must be one of GRAPH_HOSTS.
             * @example https://graph.facebook.com
             */
            graphHost?: string;
            /**
             * @description Version of the Graph API; the instance's if left out.
             * @example v26.0
             */
            graphVersion?: string;
            /**
             * @description Instagram only: through which login.
             * @default facebook
             * @enum {string}
             */
            login?: "facebook" | "instagram";
            /** @description Meta's app id of the app whose webhooks speak for this account. */
            metaAppId: string;
            /** @example Support line */
            name: string;
            /** @enum {string} */
            platform: "whatsapp" | "messenger" | "instagram";
            /**
             * @description WhatsApp: a system user token; Messenger and Instagram with Facebook Login: the page token; Instagram Login: the Instagram user token. Encrypted at rest and never told again.
             * @example EAAG-token-of-the-account
             */
            token?: string;
            /**
             * Format: uuid
             * @description The workspace it is for; the own one if left out. Another only for the operator.
             */
            workspaceId?: string;
        };
        RenderCannedReplyDto: {
            /** Format: uuid */
            conversationId: string;
        };
        RenderedReplyDto: {
            /** @description Variables that are not known and were left out. */
            missing: ("contact.name" | "contact.first_name" | "contact.username" | "contact.phone" | "agent.name" | "agent.first_name" | "channel.name" | "workspace.name")[];
            text: string;
        };
        ReportDto: {
            /** @description What recipients did that is put down to it: POST /v1/conversions. */
            conversions: components["schemas"]["ConversionSumDto"][];
            /** @description What was delivered and is not free, by the prices as they are set now; null where none are. */
            cost: components["schemas"]["CostDto"] | null;
            /** @description What the rest of the audience was sent after a trial. */
            decision: components["schemas"]["DecisionDto"] | null;
            /** @description Excluded, by the reason. */
            exclusions: {
                [key: string]: number;
            };
            /** @description In Meta’s words, the most frequent first. */
            failures: components["schemas"]["CampaignFailureDto"][];
            /** @description Each step holds those of the next, too. */
            funnel: components["schemas"]["FunnelDto"];
            variants: components["schemas"]["VariantReportDto"][];
            /** @description The variant with the highest reply rate, where the lead over the next is no chance (95 % confidence, two-proportion z-test); else null. */
            winner: string | null;
        };
        SampleDto: {
            contactId: string;
            /** @description What they would be sent. */
            content: {
                [key: string]: unknown;
            };
            /** @description Variables that are not known of them: they would be left out for it. */
            missing: string[];
            name: string | null;
            variant: string;
        };
        SaveMetaAppDto: {
            /**
             * @description Meta's app id.
             * @example 1029384756
             */
            appId: string;
            name: string;
            /** @description App secrets, at most 5: the current one, those being rotated out, and the Instagram app secret where Instagram Login is used. */
            secrets: string[];
            /** @description The verify token typed into the app dashboard. */
            verifyToken: string;
        };
        ScheduleDto: {
            /** @description The key of an attribute that holds a contact’s own time zone: who has one is sent to when it is the same hour there. */
            ownTimeAttribute?: string;
            /** @description Nobody is sent to in these hours, of the recipient’s own time where that is known. */
            quietHours?: components["schemas"]["QuietHoursDto"];
            /**
             * Format: date-time
             * @description When it starts by itself, once it is scheduled.
             */
            startsAt?: string;
            /**
             * @description IANA’s name of the time zone that hours are meant in.
             * @example Europe/Madrid
             */
            timeZone: string;
        };
        SearchHitDto: {
            /** @description Null for an internal message. */
            contact: components["schemas"]["ContactSummaryDto"] | null;
            /**
             * Format: uuid
             * @description Of the message; of a contact the one with the latest message.
             */
            conversationId: string | null;
            /** @description Null where it is a contact that was found. */
            message: (components["schemas"]["MessageViewDto"] | components["schemas"]["InternalMessageViewDto"]) | null;
        };
        SearchResultDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            /** @description Newest first. */
            items: components["schemas"]["SearchHitDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        SecretDto: {
            /** Format: uuid */
            id: string;
            /** @example CRM_TOKEN */
            name: string;
            /** Format: date-time */
            updatedAt: string;
        };
        SecretListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["SecretDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        SegmentDto: {
            createdAt: string;
            filter: components["schemas"]["TextConditionDto"] | components["schemas"]["AttributeConditionDto"] | components["schemas"]["TagConditionDto"] | components["schemas"]["ConsentConditionDto"] | components["schemas"]["PlatformConditionDto"] | components["schemas"]["ChannelConditionDto"] | components["schemas"]["TimeConditionDto"] | components["schemas"]["AllOfDto"] | components["schemas"]["AnyOfDto"] | components["schemas"]["NotDto"];
            id: string;
            name: string;
            updatedAt: string;
        };
        SegmentListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["SegmentDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        SendInConversationDto: {
            /** @description The sender's own id of it, told back in every event. */
            clientId?: string;
            /**
             * @description What is sent: an object by `type`. Which kinds each platform takes, and their limits, is in docs/sending.md.
             * @example {
             *       "type": "text",
             *       "text": "Hello!"
             *     }
             */
            content: ({
                previewUrl?: boolean;
                text: string;
                /** @constant */
                type: "text";
            } | {
                components?: ({
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "header";
                } | {
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "body";
                } | {
                    index: number;
                    parameters?: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @enum {string} */
                    subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                    /** @constant */
                    type: "button";
                } | {
                    cards: {
                        components: ({
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "header";
                        } | {
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "body";
                        } | {
                            index: number;
                            parameters?: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @enum {string} */
                            subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                            /** @constant */
                            type: "button";
                        })[];
                    }[];
                    /** @constant */
                    type: "carousel";
                } | {
                    expiresAt: number;
                    /** @constant */
                    type: "limited_time_offer";
                })[];
                language: string;
                name: string;
                /** @constant */
                type: "template";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "voice";
            } | {
                caption?: string;
                filename?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "sticker";
            } | {
                address?: string;
                latitude: number;
                longitude: number;
                name?: string;
                /** @constant */
                type: "location";
            } | {
                contacts: {
                    addresses?: {
                        city?: string;
                        country?: string;
                        countryCode?: string;
                        state?: string;
                        street?: string;
                        type?: string;
                        zip?: string;
                    }[];
                    birthday?: string;
                    emails?: {
                        email: string;
                        type?: string;
                    }[];
                    name: {
                        firstName?: string;
                        formattedName: string;
                        lastName?: string;
                        middleName?: string;
                        prefix?: string;
                        suffix?: string;
                    };
                    org?: {
                        company?: string;
                        department?: string;
                        title?: string;
                    };
                    phones?: {
                        phone: string;
                        type?: string;
                        waId?: string;
                    }[];
                    urls?: {
                        type?: string;
                        url: string;
                    }[];
                }[];
                /** @constant */
                type: "contacts";
            } | {
                buttons: {
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                }[];
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    rows: {
                        description?: string;
                        id: string;
                        title: string;
                    }[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "list";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "cta_url";
                url: string;
            } | {
                /** @enum {string} */
                action?: "navigate" | "data_exchange";
                button: string;
                data?: Record<string, never>;
                flowId?: string;
                flowName?: string;
                flowToken?: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                /** @enum {string} */
                mode?: "draft" | "published";
                screen?: string;
                text: string;
                /** @constant */
                type: "flow";
            } | {
                catalogId: string;
                footer?: string;
                productRetailerId: string;
                text?: string;
                /** @constant */
                type: "product";
            } | {
                catalogId: string;
                footer?: string;
                header: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    productRetailerIds: string[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "product_list";
            } | {
                text: string;
                /** @constant */
                type: "location_request";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: ({
                    imageUrl?: string;
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                } | {
                    /** @constant */
                    type: "user_email";
                } | {
                    /** @constant */
                    type: "user_phone_number";
                })[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    } | {
                        phone: string;
                        title: string;
                        /** @constant */
                        type: "phone";
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                buttons?: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @enum {string} */
                mediaType: "image" | "video";
                /** @constant */
                type: "media_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId?: string;
                postId?: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: {
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                }[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            });
            /** @description Messenger and Instagram: from 24 hours to 7 days after the customer’s last message, with the HUMAN_AGENT tag. The app needs Meta’s leave for it. */
            humanAgent?: boolean;
            /**
             * Format: uuid
             * @description The message of this conversation that is answered.
             */
            replyToMessageId?: string;
            /**
             * @description While the channel cannot send: refuse the message, or hold it until the channel is connected again.
             * @default refuse
             * @enum {string}
             */
            whenDisconnected?: "refuse" | "hold";
        };
        SendMessageDto: {
            /** Format: uuid */
            channelId: string;
            /** @description The sender's own id of it, told back in every event. */
            clientId?: string;
            /**
             * @description What is sent: an object by `type`. Which kinds each platform takes, and their limits, is in docs/sending.md.
             * @example {
             *       "type": "text",
             *       "text": "Hello!"
             *     }
             */
            content: ({
                previewUrl?: boolean;
                text: string;
                /** @constant */
                type: "text";
            } | {
                components?: ({
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "header";
                } | {
                    parameters: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @constant */
                    type: "body";
                } | {
                    index: number;
                    parameters?: ({
                        name?: string;
                        text: string;
                        /** @constant */
                        type: "text";
                    } | {
                        amount1000: number;
                        code: string;
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "currency";
                    } | {
                        fallback: string;
                        name?: string;
                        /** @constant */
                        type: "date_time";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "image";
                    } | {
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "video";
                    } | {
                        filename?: string;
                        media: {
                            animated?: boolean;
                            id?: string;
                            link?: string;
                            /** Format: uuid */
                            mediaId?: string;
                            mimeType?: string;
                            size?: number;
                        };
                        /** @constant */
                        type: "document";
                    } | {
                        address?: string;
                        latitude: number;
                        longitude: number;
                        name?: string;
                        /** @constant */
                        type: "location";
                    } | {
                        catalogId: string;
                        productRetailerId: string;
                        /** @constant */
                        type: "product";
                    } | {
                        payload: string;
                        /** @constant */
                        type: "payload";
                    } | {
                        couponCode: string;
                        /** @constant */
                        type: "coupon_code";
                    } | {
                        flowActionData?: Record<string, never>;
                        flowToken?: string;
                        sections?: {
                            productRetailerIds: string[];
                            title: string;
                        }[];
                        thumbnailProductRetailerId?: string;
                        /** @constant */
                        type: "action";
                    })[];
                    /** @enum {string} */
                    subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                    /** @constant */
                    type: "button";
                } | {
                    cards: {
                        components: ({
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "header";
                        } | {
                            parameters: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @constant */
                            type: "body";
                        } | {
                            index: number;
                            parameters?: ({
                                name?: string;
                                text: string;
                                /** @constant */
                                type: "text";
                            } | {
                                amount1000: number;
                                code: string;
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "currency";
                            } | {
                                fallback: string;
                                name?: string;
                                /** @constant */
                                type: "date_time";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "image";
                            } | {
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "video";
                            } | {
                                filename?: string;
                                media: {
                                    animated?: boolean;
                                    id?: string;
                                    link?: string;
                                    /** Format: uuid */
                                    mediaId?: string;
                                    mimeType?: string;
                                    size?: number;
                                };
                                /** @constant */
                                type: "document";
                            } | {
                                address?: string;
                                latitude: number;
                                longitude: number;
                                name?: string;
                                /** @constant */
                                type: "location";
                            } | {
                                catalogId: string;
                                productRetailerId: string;
                                /** @constant */
                                type: "product";
                            } | {
                                payload: string;
                                /** @constant */
                                type: "payload";
                            } | {
                                couponCode: string;
                                /** @constant */
                                type: "coupon_code";
                            } | {
                                flowActionData?: Record<string, never>;
                                flowToken?: string;
                                sections?: {
                                    productRetailerIds: string[];
                                    title: string;
                                }[];
                                thumbnailProductRetailerId?: string;
                                /** @constant */
                                type: "action";
                            })[];
                            /** @enum {string} */
                            subType: "quick_reply" | "url" | "copy_code" | "flow" | "catalog" | "mpm" | "voice_call";
                            /** @constant */
                            type: "button";
                        })[];
                    }[];
                    /** @constant */
                    type: "carousel";
                } | {
                    expiresAt: number;
                    /** @constant */
                    type: "limited_time_offer";
                })[];
                language: string;
                name: string;
                /** @constant */
                type: "template";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                caption?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "voice";
            } | {
                caption?: string;
                filename?: string;
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "sticker";
            } | {
                address?: string;
                latitude: number;
                longitude: number;
                name?: string;
                /** @constant */
                type: "location";
            } | {
                contacts: {
                    addresses?: {
                        city?: string;
                        country?: string;
                        countryCode?: string;
                        state?: string;
                        street?: string;
                        type?: string;
                        zip?: string;
                    }[];
                    birthday?: string;
                    emails?: {
                        email: string;
                        type?: string;
                    }[];
                    name: {
                        firstName?: string;
                        formattedName: string;
                        lastName?: string;
                        middleName?: string;
                        prefix?: string;
                        suffix?: string;
                    };
                    org?: {
                        company?: string;
                        department?: string;
                        title?: string;
                    };
                    phones?: {
                        phone: string;
                        type?: string;
                        waId?: string;
                    }[];
                    urls?: {
                        type?: string;
                        url: string;
                    }[];
                }[];
                /** @constant */
                type: "contacts";
            } | {
                buttons: {
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                }[];
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    rows: {
                        description?: string;
                        id: string;
                        title: string;
                    }[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "list";
            } | {
                button: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                text: string;
                /** @constant */
                type: "cta_url";
                url: string;
            } | {
                /** @enum {string} */
                action?: "navigate" | "data_exchange";
                button: string;
                data?: Record<string, never>;
                flowId?: string;
                flowName?: string;
                flowToken?: string;
                footer?: string;
                header?: {
                    text: string;
                    /** @constant */
                    type: "text";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "image";
                } | {
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "video";
                } | {
                    filename?: string;
                    media: {
                        animated?: boolean;
                        id?: string;
                        link?: string;
                        /** Format: uuid */
                        mediaId?: string;
                        mimeType?: string;
                        size?: number;
                    };
                    /** @constant */
                    type: "document";
                };
                /** @enum {string} */
                mode?: "draft" | "published";
                screen?: string;
                text: string;
                /** @constant */
                type: "flow";
            } | {
                catalogId: string;
                footer?: string;
                productRetailerId: string;
                text?: string;
                /** @constant */
                type: "product";
            } | {
                catalogId: string;
                footer?: string;
                header: {
                    text: string;
                    /** @constant */
                    type: "text";
                };
                sections: {
                    productRetailerIds: string[];
                    title?: string;
                }[];
                text: string;
                /** @constant */
                type: "product_list";
            } | {
                text: string;
                /** @constant */
                type: "location_request";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: ({
                    imageUrl?: string;
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                } | {
                    /** @constant */
                    type: "user_email";
                } | {
                    /** @constant */
                    type: "user_phone_number";
                })[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    } | {
                        phone: string;
                        title: string;
                        /** @constant */
                        type: "phone";
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                buttons?: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                } | {
                    phone: string;
                    title: string;
                    /** @constant */
                    type: "phone";
                })[];
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @enum {string} */
                mediaType: "image" | "video";
                /** @constant */
                type: "media_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId?: string;
                postId?: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            }) | ({
                text: string;
                /** @constant */
                type: "text";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "image";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "video";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "audio";
            } | {
                media: {
                    animated?: boolean;
                    id?: string;
                    link?: string;
                    /** Format: uuid */
                    mediaId?: string;
                    mimeType?: string;
                    size?: number;
                };
                /** @constant */
                type: "document";
            } | {
                quickReplies: {
                    payload?: string;
                    title: string;
                    /** @constant */
                    type: "text";
                }[];
                text: string;
                /** @constant */
                type: "quick_replies";
            } | {
                buttons: ({
                    id: string;
                    title: string;
                    /** @constant */
                    type: "reply";
                } | {
                    title: string;
                    /** @constant */
                    type: "url";
                    url: string;
                })[];
                text: string;
                /** @constant */
                type: "buttons";
            } | {
                elements: {
                    buttons?: ({
                        id: string;
                        title: string;
                        /** @constant */
                        type: "reply";
                    } | {
                        title: string;
                        /** @constant */
                        type: "url";
                        url: string;
                    })[];
                    imageUrl?: string;
                    subtitle?: string;
                    title: string;
                    url?: string;
                }[];
                /** @constant */
                type: "generic_template";
            } | {
                emoji: string;
                messageId: string;
                /** @constant */
                type: "reaction";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "private_reply";
            } | {
                commentId: string;
                text: string;
                /** @constant */
                type: "public_reply";
            });
            /** @description Messenger and Instagram: from 24 hours to 7 days after the customer’s last message, with the HUMAN_AGENT tag. The app needs Meta’s leave for it. */
            humanAgent?: boolean;
            /**
             * Format: uuid
             * @description The message of this conversation that is answered.
             */
            replyToMessageId?: string;
            /** @description A contact or an address, in one way. */
            to: components["schemas"]["SendToDto"] & ({
                /**
                 * Format: uuid
                 * @description A contact of this workspace.
                 */
                contactId: string;
            } | {
                /**
                 * @description WhatsApp: a phone number, digits with country code.
                 * @example 34600111222
                 */
                phone: string;
            } | {
                /** @description A WhatsApp user id, or the page-scoped or Instagram-scoped id of a customer. */
                userId: string;
            });
            /**
             * @description While the channel cannot send: refuse the message, or hold it until the channel is connected again.
             * @default refuse
             * @enum {string}
             */
            whenDisconnected?: "refuse" | "hold";
        };
        SendToDto: Record<string, never>;
        ServicesDto: {
            database: components["schemas"]["StoreHealthDto"];
            redis: components["schemas"]["StoreHealthDto"];
            websocket: components["schemas"]["SocketsHealthDto"];
        };
        SessionPage: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["SessionView"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        SessionView: {
            /** Format: date-time */
            createdAt: string;
            /** @description The session of this request. */
            current: boolean;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /** @description The application that vouches for it; null: signed in here. */
            issuer: string | null;
            userAgent: string | null;
            /** Format: uuid */
            userId: string;
        };
        SetPricesDto: {
            /**
             * @description ISO 4217.
             * @example EUR
             */
            currency: string;
            /** @description One for each category and calling code. */
            prices: components["schemas"]["PriceDto"][];
        };
        SignInRequest: {
            /**
             * Format: email
             * @example owner@example.com
             */
            email: string;
            password: string;
            /**
             * Format: uuid
             * @description Which workspace to enter; the one joined first if left out.
             */
            workspaceId?: string;
        };
        SignInView: {
            /** @description JWT for `Authorization: Bearer` and for sockets. */
            accessToken: string;
            /**
             * Format: date-time
             * @description When the access token ends.
             */
            expiresAt: string;
            /** @description Exchanged once for the next pair at /v1/auth/refresh. */
            refreshToken: string;
            /**
             * @description The role in `workspace`, as the access token has it.
             * @enum {string}
             */
            role: "viewer" | "agent" | "admin" | "owner";
            /** Format: uuid */
            sessionId: string;
            user: components["schemas"]["UserView"];
            workspace: components["schemas"]["NamedWorkspace"];
            /** @description Every workspace of the user. */
            workspaces: components["schemas"]["WorkspaceMembershipView"][];
        };
        SocketsHealthDto: {
            authenticatedUsers: number;
            averageConnectionsPerUser: number;
            connections: number;
            /** @enum {string} */
            status: "ok" | "down";
        };
        StartExecutionDto: {
            /**
             * Format: uuid
             * @description Where it writes to them.
             */
            channelId: string;
            /** Format: uuid */
            contactId: string;
            /**
             * @description Tries the draft as it is now: on a channel of the simulator nobody is bothered.
             * @default false
             */
            draft?: boolean;
            /**
             * @description `vars` that it begins with.
             * @example {
             *       "order": 17
             *     }
             */
            vars?: {
                [key: string]: unknown;
            };
        };
        StartImportDto: {
            /**
             * Format: uuid
             * @description Of consents (every channel if left out), and of `psid` and `igsid`.
             */
            channelId?: string;
            /**
             * @description For every row whose `consent` cell is empty. Who has opted out stays so.
             * @enum {string}
             */
            consent?: "opted_in" | "opted_out";
            /**
             * @description Only count and find errors; nothing is changed, and the file stays for another start.
             * @default false
             */
            dryRun?: boolean;
            /**
             * @description Keep the rows, so that a campaign may be for the people in the file (`audience.importId`) and speak of its columns (`{{row.<column>}}`). A row goes with its contact, and all of them 30 days after the import.
             * @default false
             */
            keepRows?: boolean;
            /**
             * @description Column → `name`, `username`, `phone`, `email`, `tags` (separated by `;`), `consent`, `attribute:<key>`, `identity:wa_user_id`, `identity:psid`, `identity:igsid`. Columns left out are ignored.
             * @example {
             *       "Name": "name",
             *       "Mobile": "phone",
             *       "Plan": "attribute:plan"
             *     }
             */
            mapping: Record<string, never>;
            /** @description Tags for every row; those that are not there are added. */
            tags?: string[];
        };
        StepCountDto: {
            completed: number;
            /** @description Came to it and went no further: the flow ended there by a time-out, a person, or somebody who cancelled it. */
            droppedOff: number;
            /** @description How often it was come to. */
            entered: number;
            /** @description Also where the flow went on at its `onError`. */
            failed: number;
            /** @description Are at it now. */
            here: number;
            step: string;
        };
        StepErrorDto: {
            code: string;
            message: string;
        };
        StoreHealthDto: {
            /** @description Milliseconds; of a store that answered. */
            latencyMs?: number;
            /** @enum {string} */
            status: "ok" | "down" | "unused";
        };
        StoresDto: {
            database: components["schemas"]["StoreHealthDto"];
            redis: components["schemas"]["StoreHealthDto"];
        };
        TagConditionDto: {
            /** @enum {string} */
            field: "tag";
            /** @enum {string} */
            op: "any_of" | "all_of" | "none_of";
            /** @description Tags of the workspace. */
            value: string[];
        };
        TagDto: {
            id: string;
            name: string;
        };
        TagListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["TagDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        TagNameDto: {
            /** @description Unique in the workspace, whatever the case; without `;`, which separates tags in a table. */
            name: string;
        };
        TemplateDto: {
            businessAccountId: string;
            /** @description `MARKETING`, `UTILITY`, `AUTHENTICATION` */
            category: string;
            /** @description As Meta has it. */
            definition: Record<string, never>;
            /** Format: uuid */
            id: string;
            language: string;
            /** @description Meta’s id. */
            metaTemplateId: string;
            name: string;
            /** @description `GREEN`, `YELLOW`, `RED`, `UNKNOWN` */
            quality: string | null;
            /** @description Why it was rejected, paused or disabled. */
            reason: string | null;
            /** @description Meta’s word: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, `FLAGGED` … */
            status: string;
            /** Format: date-time */
            updatedAt: string;
        };
        TemplateListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["TemplateDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        TemplateSyncDto: {
            /** @description How many templates Meta has. */
            found: number;
        };
        TestSendDto: {
            contactIds: string[];
            /** @description The key of a variant; the first unless told otherwise. */
            variant?: string;
        };
        TestSentDto: {
            contactId: string;
            messageId: string | null;
            /** @description Why they were sent nothing. */
            problem: string | null;
        };
        TestSentListDto: {
            items: components["schemas"]["TestSentDto"][];
        };
        TextConditionDto: {
            /** @enum {string} */
            field: "name" | "username" | "phone" | "email";
            /** @enum {string} */
            op: "exists" | "equals" | "contains" | "starts_with";
            /** @description A boolean of `exists`, else a text. */
            value: boolean | string;
        };
        TimeConditionDto: {
            /** @enum {string} */
            field: "last_seen" | "created";
            /** @enum {string} */
            op: "before" | "after" | "within_days" | "not_within_days";
            /** @description A number of days, else a time with its offset, or a day. */
            value: number | string;
        };
        TrialDto: {
            /**
             * @description The better one is of which the larger part replied, or read.
             * @enum {string}
             */
            by: "replied" | "read";
            /**
             * @description Minutes from the start after which the rest is sent the better one.
             * @example 240
             */
            decideAfterMinutes: number;
            /**
             * @description Percent of the audience that the variants are tried on, by their shares.
             * @example 20
             */
            share: number;
        };
        TurnOffDto: {
            /**
             * @description Ends whoever is in the flow; otherwise they go through it to its end.
             * @default false
             */
            cancel?: boolean;
        };
        UpdateCannedReplyDto: {
            body?: string;
            shortcut?: string;
        };
        UpdateLabelDto: {
            /** @example #2f80ed */
            color?: string;
            name?: string;
        };
        UploadedMediaDto: {
            /** @description Why it could not be fetched. */
            error: string | null;
            filename: string | null;
            /** Format: uuid */
            id: string;
            mimeType: string | null;
            platforms: components["schemas"]["PlatformUseDto"][];
            /** @description Hexadecimal. */
            sha256: string | null;
            /** @description Bytes. */
            size: number | null;
            /**
             * @description pending: being fetched from Meta.
             * @enum {string}
             */
            status: "pending" | "stored" | "failed";
            /** @description Signed, good for MEDIA_URL_TTL. A path of this server where PUBLIC_URL is not set. Null until stored. */
            url: string | null;
        };
        UserAuthorDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "user";
        };
        UserSocketsDto: {
            /**
             * @description Whether the user has any socket.
             * @example true
             */
            connected: boolean;
            /**
             * @description By namespace; those without are left out.
             * @example {
             *       "/messages": 2,
             *       "/notifications": 1
             *     }
             */
            namespaces: {
                [key: string]: number;
            };
            /**
             * @description Altogether.
             * @example 3
             */
            sockets: number;
        };
        UserView: {
            email: string | null;
            /** Format: uuid */
            id: string;
            /** @description Runs the instance. */
            isOperator: boolean;
            name: string | null;
        };
        VariantDto: {
            /** @description As `content` of a campaign. */
            content: {
                [key: string]: unknown;
            };
            /**
             * @description Letters and digits, one of its own for each.
             * @example A
             */
            key: string;
            /** @description Percent of the audience; all add up to 100. */
            share: number;
        };
        VariantReportDto: {
            funnel: components["schemas"]["FunnelDto"];
            key: string;
            /** @description Of those who were sent to, the part that read it, 0 to 1. */
            readRate: number;
            /** @description Of those who were sent to, the part that replied, 0 to 1. */
            replyRate: number;
        };
        WebhookDeliveryDto: {
            /** @description Meta's id of the account it names. */
            accountId: string | null;
            /** Format: uuid */
            channelId: string | null;
            /** @description The POST it came in; several items share one. */
            deliveryId: number;
            field: string;
            /** Format: uuid */
            id: string;
            /** @description What it was understood as: message, status, reaction, notice … */
            kind: string;
            /**
             * @description Where it stood in the body.
             * @example entry[0].messaging[0]
             */
            path: string;
            platform: string | null;
            /** @description The element as Meta sent it. */
            raw: Record<string, never>;
            /** @description Why it is quarantined or unowned. */
            reason: string | null;
            /** Format: date-time */
            receivedAt: string;
            /** @enum {string} */
            state: "processed" | "quarantined" | "unowned";
        };
        WebhookDeliveryListDto: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["WebhookDeliveryDto"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        WorkspaceMembershipView: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "agent" | "admin" | "owner";
        };
        WorkspaceOwner: {
            /**
             * Format: email
             * @example owner@example.com
             */
            email: string;
            name?: string;
            /** @description Needed unless the owner signs in here already, whose password stays as it is. */
            password?: string;
        };
        WorkspacePage: {
            /** @description The cursor of the event log read before the list: resume from it and nothing is missed in between. */
            head: string;
            items: components["schemas"]["WorkspaceView"][];
            /** @description Pass as `before` for the next page; null at the end. */
            next: string | null;
        };
        WorkspaceSocketsDto: {
            /**
             * @description Gateways that answered.
             * @example 2
             */
            gateways: number;
            /**
             * @description By namespace.
             * @example {
             *       "/messages": {
             *         "sockets": 14,
             *         "users": 9
             *       }
             *     }
             */
            namespaces: {
                [key: string]: {
                    sockets: number;
                    users: number;
                };
            };
        };
        WorkspaceView: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            name: string;
        };
    };
}
export type $defs = Record<string, never>;
export interface operations {
    HealthController_overview: {
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
        };
    };
    HealthController_live: {
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["LiveDto"];
                };
            };
        };
    };
    HealthController_ready: {
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ReadyDto"];
                };
            };
        };
    };
    MediaFilesController_file: {
        parameters: {
            query: {
                exp: string;
                sig: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The file. */
            200: {
            };
        };
    };
    HealthController_metrics: {
        responses: {
            /** @description In the text format. */
            200: {
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    ApiKeysController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
        };
    };
    ApiKeysController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyRequest"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["NewApiKeyView"];
                };
            };
        };
    };
    ApiKeysController_revoke: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    AuditLogController_list: {
        parameters: {
            query?: {
                action?: "member.added" | "member.role_changed" | "member.channels_changed" | "member.removed" | "member.restored" | "member.signed_out" | "member.disconnected" | "user.disabled" | "user.enabled" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "api_key.created" | "api_key.revoked" | "channel.registered" | "channel.connected" | "channel.changed" | "channel.disconnected" | "channel.stopped" | "channel.deleted" | "template.created" | "template.deleted" | "meta_app.saved" | "meta_app.deleted";
                /** @description What this user or API key did. */
                actorId?: string;
                /** @description `next` of the page before. */
                before?: string;
                /** @description Not earlier than this. */
                from?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description What was done to this one. */
                subjectId?: string;
                /** @description What was done to things of this kind. */
                subjectKind?: string;
                /** @description Earlier than this. */
                to?: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["AuditLogPage"];
                };
            };
        };
    };
    AuthController_me: {
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
        };
    };
    AuthController_changePassword: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordRequest"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SignInView"];
                };
            };
        };
    };
    AuthController_refresh: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SignInView"];
                };
            };
        };
    };
    AuthController_sessions: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description Whose sessions; your own if left out. */
                userId?: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
        };
    };
    AuthController_revokeSession: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    AuthController_signIn: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SignInView"];
                };
            };
        };
    };
    AuthController_signOut: {
        responses: {
            204: {
            };
        };
    };
    AuthController_revokeUser: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    CampaignPricesController_prices: {
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["PricesDto"];
                };
            };
        };
    };
    CampaignPricesController_set: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPricesDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["PricesDto"];
                };
            };
        };
    };
    CampaignPricesController_remove: {
        responses: {
            204: {
            };
        };
    };
    CampaignsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                channelId?: string;
                /** @description At most this many entries. */
                limit?: number;
                status?: "draft" | "scheduled" | "running" | "paused" | "completed" | "cancelled" | "failed";
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignListDto"];
                };
            };
        };
    };
    CampaignsController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCampaignDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    CampaignsController_change: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeCampaignDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignLifeController_cancel: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignLifeController_pause: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignsController_previewOf: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["PreviewDto"];
                };
            };
        };
    };
    CampaignsController_listRecipients: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                state?: "pending" | "queued" | "sent" | "delivered" | "read" | "failed" | "unknown" | "cancelled" | "excluded";
                /** @description The key of a variant. */
                variant?: string;
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["RecipientListDto"];
                };
            };
        };
    };
    CampaignReportsController_report: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ReportDto"];
                };
            };
        };
    };
    CampaignReportsController_csv: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The file. */
            200: {
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    CampaignLifeController_resume: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignLifeController_schedule: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignLifeController_start: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignLifeController_test: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestSendDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["TestSentListDto"];
                };
            };
        };
    };
    CampaignLifeController_unschedule: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CampaignLifeController_choose: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChooseWinnerDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CampaignDto"];
                };
            };
        };
    };
    CannedRepliesController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description Those whose shortcut begins so, whatever the case. */
                shortcut?: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CannedReplyListDto"];
                };
            };
        };
    };
    CannedRepliesController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCannedReplyDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["CannedReplyDto"];
                };
            };
        };
    };
    CannedRepliesController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CannedReplyDto"];
                };
            };
        };
    };
    CannedRepliesController_delete: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    CannedRepliesController_update: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateCannedReplyDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CannedReplyDto"];
                };
            };
        };
    };
    CannedRepliesController_render: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenderCannedReplyDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["RenderedReplyDto"];
                };
            };
        };
    };
    ChannelsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ChannelListDto"];
                };
            };
        };
    };
    ChannelsController_register: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterChannelDto"];
            };
        };
        responses: {
            /** @description See `status`: an account may be registered and not yet connected. */
            201: {
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
        };
    };
    ChannelsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
        };
    };
    ChannelsController_remove: {
        parameters: {
            query?: {
                /** @description `keep`: the account is given up although the channel has conversations, which stay to be read. Refused without it. */
                withHistory?: "keep";
            };
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    ChannelsController_change: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeChannelDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
        };
    };
    BackfillController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["BackfillDto"];
                };
            };
        };
    };
    BackfillController_begin: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["BackfillDto"];
                };
            };
        };
    };
    ChannelsController_check: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
        };
    };
    SendingController_answerComment: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentAnswerDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["CommentAnsweredDto"];
                };
            };
        };
    };
    ChannelsController_connect: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelCredentialsDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
        };
    };
    ChannelsController_disconnect: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
        };
    };
    TemplatesController_sync: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["TemplateSyncDto"];
                };
            };
        };
    };
    AttributesController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["AttributeListDto"];
                };
            };
        };
    };
    AttributesController_define: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["DefineAttributeDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["AttributeDto"];
                };
            };
        };
    };
    AttributesController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    AttributesController_change: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAttributeDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["AttributeDto"];
                };
            };
        };
    };
    PersonalDataController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ErasureListDto"];
                };
            };
        };
    };
    ContactExportController_download: {
        parameters: {
            query?: {
                /** @description Words that begin a word of the name, username, phone or e-mail; or an identity in full. */
                search?: string;
                /** @description In this segment. */
                segmentId?: string;
                /** @description With this tag. */
                tagId?: string;
            };
        };
        responses: {
            /** @description The file. */
            200: {
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    ImportsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ImportListDto"];
                };
            };
        };
    };
    ImportsController_upload: {
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    ImportsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    ImportsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    ImportsController_errors: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The file. */
            200: {
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    ImportsController_start: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartImportDto"];
            };
        };
        responses: {
            202: {
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
        };
    };
    TagsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["TagListDto"];
                };
            };
        };
    };
    TagsController_add: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagNameDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["TagDto"];
                };
            };
        };
    };
    TagsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    TagsController_rename: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagNameDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["TagDto"];
                };
            };
        };
    };
    ContactsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description Words that begin a word of the name, username, phone or e-mail; or an identity in full. */
                search?: string;
                /** @description In this segment. */
                segmentId?: string;
                /** @description With this tag. */
                tagId?: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactListDto"];
                };
            };
        };
    };
    ContactsController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateContactDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
        };
    };
    ContactsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
        };
    };
    ContactsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    ContactsController_change: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeContactDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
        };
    };
    ConsentsController_now: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ConsentsDto"];
                };
            };
        };
    };
    ConsentsController_record: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordConsentDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ConsentsDto"];
                };
            };
        };
    };
    ConsentsController_history: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ConsentHistoryDto"];
                };
            };
        };
    };
    PersonalDataController_erase: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            202: {
                content: {
                    "application/json": components["schemas"]["ErasureStartedDto"];
                };
            };
        };
    };
    ContactsController_addIdentity: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
        };
    };
    ContactsController_removeIdentity: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
        };
    };
    MergesController_merge: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
        };
    };
    MergesController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MergeListDto"];
                };
            };
        };
    };
    MergesController_undo: {
        parameters: {
            path: {
                id: string;
                mergeId: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
        };
    };
    PersonalDataController_download: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["PersonalDataDto"];
                };
            };
        };
    };
    ProfilesController_of: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ContactProfilesDto"];
                };
            };
        };
    };
    ConversationsController_list: {
        parameters: {
            query?: {
                /** @description A user id, `me`, or `none`. */
                assignee?: string & (string | ("me" | "none"));
                /** @description `next` of the page before, or the id of a conversation. */
                before?: string;
                channelId?: string;
                /** @description The id of a label. */
                label?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description `internal`: your conversations with colleagues, and only they; of the other filters only `unread` applies. */
                platform?: "whatsapp" | "messenger" | "instagram" | "internal";
                /** @description Snoozed now; with `false` not. */
                snoozed?: boolean;
                /** @description One or several, separated by commas. */
                status?: ("open" | "pending" | "snoozed" | "closed")[];
                /** @description Messages that nobody has read yet; with `false` none. */
                unread?: boolean;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ConversationListDto"];
                };
            };
        };
    };
    InternalController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInternalConversationDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["InternalConversationViewDto"];
                };
            };
        };
    };
    ConversationsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ConversationViewDto"] | components["schemas"]["InternalConversationViewDto"];
                };
            };
        };
    };
    ConversationsController_change: {
        parameters: {
            header: {
                "if-match": string;
                /** @description The version, if not in the body. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeConversationDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ConversationViewDto"];
                };
            };
        };
    };
    InternalController_post: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InternalMessageDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["PostedMessageDto"];
                };
            };
        };
    };
    ConversationsController_messages: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MessageListDto"];
                };
            };
        };
    };
    SendingController_sendInConversation: {
        parameters: {
            header?: {
                /** @description The same key again sends nothing and answers with the first message; held 7 days. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendInConversationDto"];
            };
        };
        responses: {
            /** @description The message that was taken before under this key. */
            200: {
                content: {
                    "application/json": components["schemas"]["MessageViewDto"];
                };
            };
            /** @description The message, `queued`; its events tell the rest. */
            201: {
                content: {
                    "application/json": components["schemas"]["MessageViewDto"];
                };
            };
        };
    };
    ConversationsController_note: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["MessageViewDto"];
                };
            };
        };
    };
    InternalController_add: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddParticipantsDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["InternalConversationViewDto"];
                };
            };
        };
    };
    InternalController_remove: {
        parameters: {
            path: {
                id: string;
                userId: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    ConversationsController_markRead: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkReadDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MarkedReadDto"];
                };
            };
        };
    };
    ReferralsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ReferralListDto"];
                };
            };
        };
    };
    ConversionsController_record: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordConversionDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ConversionDto"];
                };
            };
        };
    };
    EventLogController_events: {
        parameters: {
            query?: {
                /** @description Events after this cursor; from the oldest held if left out. */
                after?: string;
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["EventListDto"];
                };
            };
        };
    };
    EventLogController_prune: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["PruneEventsDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["PrunedDto"];
                };
            };
        };
    };
    FlowExecutionsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                contactId?: string;
                conversationId?: string;
                flowId?: string;
                /** @description At most this many entries. */
                limit?: number;
                state?: "running" | "waiting" | "completed" | "failed" | "cancelled" | "handed_over";
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ExecutionListDto"];
                };
            };
        };
    };
    FlowExecutionsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ExecutionWithStepsDto"];
                };
            };
        };
    };
    FlowExecutionsController_cancel: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ExecutionDto"];
                };
            };
        };
    };
    FlowExecutionsController_replay: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["ExecutionDto"];
                };
            };
        };
    };
    FlowSecretsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SecretListDto"];
                };
            };
        };
    };
    FlowSecretsController_put: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutSecretDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SecretDto"];
                };
            };
        };
    };
    FlowSecretsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    FlowsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                state?: "draft" | "published" | "off";
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowListDto"];
                };
            };
        };
    };
    FlowsController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFlowDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["CheckedFlowDto"];
                };
            };
        };
    };
    FlowsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CheckedFlowDto"];
                };
            };
        };
    };
    FlowsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    FlowsController_change: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeFlowDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CheckedFlowDto"];
                };
            };
        };
    };
    FlowLifeController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                state?: "running" | "waiting" | "completed" | "failed" | "cancelled" | "handed_over";
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["ExecutionListDto"];
                };
            };
        };
    };
    FlowLifeController_start: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartExecutionDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["ExecutionDto"];
                };
            };
        };
    };
    FlowsController_export: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowFileDto"];
                };
            };
        };
    };
    FlowLifeController_off: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TurnOffDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowDto"];
                };
            };
        };
    };
    FlowsController_publish: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowDto"];
                };
            };
        };
    };
    FlowLifeController_stats: {
        parameters: {
            query?: {
                /** @description The latest where left out. */
                version?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowStatsDto"];
                };
            };
        };
    };
    FlowsController_versions: {
        parameters: {
            query?: {
                /** @description Versions before this one. */
                before?: number;
                limit?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowVersionListDto"];
                };
            };
        };
    };
    FlowsController_check: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckFlowDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowCheckDto"];
                };
            };
        };
    };
    FlowsController_examples: {
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["FlowExampleListDto"];
                };
            };
        };
    };
    FlowsController_import: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlowFileDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["CheckedFlowDto"];
                };
            };
        };
    };
    FlowsController_schema: {
        responses: {
            200: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    InvitationsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                state?: "open" | "accepted" | "revoked" | "expired";
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
        };
    };
    InvitationsController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInvitationRequest"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["NewInvitationView"];
                };
            };
        };
    };
    InvitationsController_revoke: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    InvitationsController_accept: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitationRequest"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SignInView"];
                };
            };
        };
    };
    InvitationsController_join: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationTokenRequest"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
        };
    };
    InvitationsController_look: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationTokenRequest"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["OpenInvitationView"];
                };
            };
        };
    };
    LabelsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["LabelListDto"];
                };
            };
        };
    };
    LabelsController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateLabelDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["LabelDto"];
                };
            };
        };
    };
    LabelsController_delete: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    LabelsController_update: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateLabelDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["LabelDto"];
                };
            };
        };
    };
    MediaController_upload: {
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["UploadedMediaDto"];
                };
            };
        };
    };
    MediaController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MediaDto"];
                };
            };
        };
    };
    MentionsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                channelId?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MentionListDto"];
                };
            };
        };
    };
    SendingController_send: {
        parameters: {
            header?: {
                /** @description As with a message in a conversation. */
                "Idempotency-Key"?: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessageDto"];
            };
        };
        responses: {
            /** @description The message that was taken before under this key. */
            200: {
                content: {
                    "application/json": components["schemas"]["MessageViewDto"];
                };
            };
            /** @description The message, `queued`. */
            201: {
                content: {
                    "application/json": components["schemas"]["MessageViewDto"];
                };
            };
        };
    };
    SendingController_react: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactionDto"];
            };
        };
        responses: {
            204: {
            };
        };
    };
    SendingController_retry: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The new message, `queued`. */
            201: {
                content: {
                    "application/json": components["schemas"]["MessageViewDto"];
                };
            };
        };
    };
    MetaAppsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MetaAppListDto"];
                };
            };
        };
    };
    MetaAppsController_save: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveMetaAppDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["MetaAppDto"];
                };
            };
        };
    };
    MetaAppsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    RealtimeController_connections: {
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["WorkspaceSocketsDto"];
                };
            };
        };
    };
    RealtimeStatsController_stats: {
        responses: {
            200: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    RealtimeController_user: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["UserSocketsDto"];
                };
            };
        };
    };
    RealtimeController_disconnect: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["DisconnectedDto"];
                };
            };
        };
    };
    SearchController_search: {
        parameters: {
            query: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description `messages`: of customers’ conversations, notes included. `contacts`: name, username, number; the last word may be only begun, with three letters or more. `internal`: messages of your own internal conversations. */
                in?: "messages" | "contacts" | "internal";
                /** @description At most this many entries. */
                limit?: number;
                /** @description Words that all must be there; "a phrase"; or; -not. Case does not matter. */
                q: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SearchResultDto"];
                };
            };
        };
    };
    SegmentsController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SegmentListDto"];
                };
            };
        };
    };
    SegmentsController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSegmentDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["SegmentDto"];
                };
            };
        };
    };
    SegmentsController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SegmentDto"];
                };
            };
        };
    };
    SegmentsController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    SegmentsController_change: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSegmentDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["SegmentDto"];
                };
            };
        };
    };
    SegmentsController_count: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CountDto"];
                };
            };
        };
    };
    SegmentsController_countFilter: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["FilterDto"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["CountDto"];
                };
            };
        };
    };
    TemplatesController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                category?: string;
                /** @description Those that this channel can send. */
                channelId?: string;
                language?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description Beginning of the name. */
                name?: string;
                /** @description Meta’s word. */
                status?: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["TemplateListDto"];
                };
            };
        };
    };
    TemplatesController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTemplateDto"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    TemplatesController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["TemplateDto"];
                };
            };
        };
    };
    TemplatesController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    UsersController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description Lists those of other applications who were removed and are kept out. */
                removed?: boolean;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
        };
    };
    UsersController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUserRequest"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
        };
    };
    UsersController_remove: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    UsersController_changeRights: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRightsRequest"];
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
        };
    };
    UsersController_disable: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    UsersController_enable: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    UsersController_restore: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
            };
        };
    };
    WebhookDeliveriesController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                channelId?: string;
                /** @description The webhook field, e.g. `comments`. */
                field?: string;
                /** @description At most this many entries. */
                limit?: number;
                /** @description `operator`: items that no workspace owns; for the operator of the instance. */
                scope?: "workspace" | "operator";
                state?: "processed" | "quarantined" | "unowned";
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryListDto"];
                };
            };
        };
    };
    WebhookDeliveriesController_one: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryDto"];
                };
            };
        };
    };
    WebhookDeliveriesController_replay: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryDto"];
                };
            };
        };
    };
    WorkspacesController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description At most this many entries. */
                limit?: number;
            };
        };
        responses: {
            200: {
                content: {
                    "application/json": components["schemas"]["WorkspacePage"];
                };
            };
        };
    };
    WorkspacesController_create: {
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspaceRequest"];
            };
        };
        responses: {
            201: {
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
        };
    };
}
