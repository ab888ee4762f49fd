import { auditSubjects } from './audit-subjects.ts';
import { searchEach } from './extent.ts';

searchEach('whatever one answer says, an audit hides no problem and no access', auditSubjects);
