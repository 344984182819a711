import type { OpenAPIObject } from '@nestjs/swagger';
import type { MediaObject, OperationObject, ResponseObject } from './complete-operation.ts';

/** What was sent and answered in a real run, by operationId; a page of HTML is text. */
export type Examples = Record<string, { request?: unknown; status: number; answer?: unknown }>;

/** A refusal that every operation may answer with. */
const PROBLEM = {
  type: 'urn:mailpath:problem:not-found',
  title: 'Not Found',
  status: 404,
  detail: 'Site 01a20bac-7abe-74ff-a112-9ae128132374 does not exist.',
  code: 'not-found',
  requestId: 'b0e1c1d6-9f1f-4a5e-8f53-0c3c1f9f2a11',
};

/** Puts the recorded examples where they belong. */
export function addExamples(document: OpenAPIObject, examples: Examples): void {
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path as unknown as Record<string, OperationObject>)) {
      const recorded = examples[operation.operationId];
      if (!recorded) continue;
      if (recorded.request !== undefined) setExample(operation.requestBody?.content, recorded.request);
      const response: ResponseObject | undefined = operation.responses[String(recorded.status)];
      if (recorded.answer !== undefined) setExample(response?.content, recorded.answer);
    }
  const { schemas } = document.components ?? {};
  const problem = schemas?.['Problem'] as { examples?: unknown[] } | undefined;
  if (problem) problem.examples = [PROBLEM];
}

function setExample(content: Record<string, MediaObject> | undefined, example: unknown): void {
  for (const media of Object.values(content ?? {})) media.example ??= example;
}
