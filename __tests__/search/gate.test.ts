import { searchEach } from './extent.ts';
import { gateSubjects } from './gate-subjects.ts';

searchEach('whatever one answer or document says, the gate lets no other image through', gateSubjects);
