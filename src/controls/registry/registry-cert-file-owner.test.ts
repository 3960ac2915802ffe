import { testOwners } from '../host/file-access.fixture.ts';
import { registryCertFileOwner as control } from './registry-cert-file-owner.ts';

testOwners(control, 'registry-certificate');
