import type { FlowState } from '@switchboard/contracts';
import type { FlowDefinition } from '@switchboard/flows';

export interface FlowRow {
  id: string;
  workspaceId: string;
  name: string;
  state: FlowState;
  draft: FlowDefinition;
  versionId: string | null;
  /** Number of the version that was published last; 0: none was. */
  version: number;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
}

export const flowColumns = (t: string): string => `
  ${t}.id, ${t}.workspace_id as "workspaceId", ${t}.name, ${t}.state, ${t}.draft, ${t}.version_id as "versionId", ${t}.version,
  ${t}.created_by as "createdBy", ${t}.created_at as "createdAt", ${t}.updated_at as "updatedAt", ${t}.published_at as "publishedAt"`;

export interface VersionRow {
  id: string;
  flowId: string;
  number: number | null;
  definition: FlowDefinition;
  createdBy: string;
  createdAt: Date;
}

export const versionColumns = (t: string): string => `
  ${t}.id, ${t}.flow_id as "flowId", ${t}.number, ${t}.definition, ${t}.created_by as "createdBy", ${t}.created_at as "createdAt"`;
