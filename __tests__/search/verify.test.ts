import { searchEach } from './extent.ts';
import { verifySubjects } from './verify-subjects.ts';

searchEach('whatever one answer or document says, no image is verified without its evidence', verifySubjects);
