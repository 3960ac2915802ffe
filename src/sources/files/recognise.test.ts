import { expect, test } from 'vitest';
import { recognise } from './recognise.ts';

test.each<[string, string, ReturnType<typeof recognise>]>([
  // By name, whatever is in it.
  ['Dockerfile', '', 'dockerfile'],
  ['a/b/Dockerfile.prod', 'garbage', 'dockerfile'],
  ['web.Dockerfile', 'FROM x', 'dockerfile'],
  ['Containerfile', 'FROM x', 'dockerfile'],
  ['docker/dockerfile', 'FROM x', 'dockerfile'],
  // Names that only begin so.
  ['Dockerfile.dockerignore', 'node_modules\n', undefined],
  ['Dockerfile.md', '# About\n', undefined],
  // By content.
  ['build', '# syntax=docker/dockerfile:1\nFROM debian:13\n', 'dockerfile'],
  ['build', 'ARG V=1\nFROM debian:${V}\n', 'dockerfile'],
  ['notes', 'From here on it is simple.\n', undefined],
  ['compose.yaml', 'services:\n  web: {}\n', 'compose'],
  ['docker-compose.prod.yml', 'x-base: &a {}\nservices:\n', 'compose'],
  ['docker-compose.yml', 'web:\n  image: nginx\n', 'compose'],
  ['docker-compose.yml', 'web:\n  nothing: nginx\n', undefined],
  ['stack.yml', 'web:\n  image: nginx\n', undefined],
  ['stack.yml', 'services:\n  web:\n    image: nginx\n', 'compose'],
  ['stack.yml', 'services:\n  web:\n    build: .\n', 'compose'],
  ['stack.json', '{"services": {"web": {"image": "nginx"}}}', 'compose'],
  ['services.yaml', 'services:\n  App\\Mailer:\n    class: Mailer\n    arguments: []\n', undefined],
  ['.gitlab-ci.yml', 'services:\n  - postgres\nimage: x\n', undefined],
  ['web.yaml', 'apiVersion: v1\nkind: Pod\n', 'kubernetes'],
  ['web.yaml', '# a comment\n---\napiVersion: v1\nkind: Pod\n', 'kubernetes'],
  ['web.json', '{"apiVersion": "v1", "kind": "Pod"}', 'kubernetes'],
  ['web.json', '[{"kind": "Pod", "apiVersion": "v1"}]', 'kubernetes'],
  ['list.yaml', '- apiVersion: v1\n  kind: Pod\n', 'kubernetes'],
  ['deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n', 'kubernetes'],
  ['package.json', '{"name": "x", "scripts": {}}', undefined],
  ['start.sh', '#!/bin/sh\ndocker run nginx\n', 'run'],
  ['start.sh', '#!/bin/sh\necho hello\n', undefined],
  ['web.service', '[Service]\nExecStart=/usr/bin/docker run nginx\n', 'run'],
  ['empty.yaml', '', undefined],
])('%s: %j', (name, text, kind) => {
  expect(recognise(name, text)).toBe(kind);
});
