export const id = 3540;
export const ids = [3540];
export const modules = {

/***/ 53540:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $Command: () => (/* reexport */ smithy_client_command/* Command */.u),
  AcceptDelegationRequest$: () => (/* reexport */ AcceptDelegationRequest$),
  AcceptDelegationRequestCommand: () => (/* reexport */ AcceptDelegationRequestCommand),
  AcceptDelegationRequestRequest$: () => (/* reexport */ AcceptDelegationRequestRequest$),
  AccessAdvisorUsageGranularityType: () => (/* reexport */ AccessAdvisorUsageGranularityType),
  AccessDetail$: () => (/* reexport */ AccessDetail$),
  AccessKey$: () => (/* reexport */ AccessKey$),
  AccessKeyLastUsed$: () => (/* reexport */ AccessKeyLastUsed$),
  AccessKeyMetadata$: () => (/* reexport */ AccessKeyMetadata$),
  AccountNotManagementOrDelegatedAdministratorException: () => (/* reexport */ AccountNotManagementOrDelegatedAdministratorException),
  AccountNotManagementOrDelegatedAdministratorException$: () => (/* reexport */ AccountNotManagementOrDelegatedAdministratorException$),
  AcquireRole$: () => (/* reexport */ AcquireRole$),
  AcquireRoleCommand: () => (/* reexport */ AcquireRoleCommand),
  AcquireRoleRequest$: () => (/* reexport */ AcquireRoleRequest$),
  AcquireRoleResponse$: () => (/* reexport */ AcquireRoleResponse$),
  AddClientIDToOpenIDConnectProvider$: () => (/* reexport */ AddClientIDToOpenIDConnectProvider$),
  AddClientIDToOpenIDConnectProviderCommand: () => (/* reexport */ AddClientIDToOpenIDConnectProviderCommand),
  AddClientIDToOpenIDConnectProviderRequest$: () => (/* reexport */ AddClientIDToOpenIDConnectProviderRequest$),
  AddRoleToInstanceProfile$: () => (/* reexport */ AddRoleToInstanceProfile$),
  AddRoleToInstanceProfileCommand: () => (/* reexport */ AddRoleToInstanceProfileCommand),
  AddRoleToInstanceProfileRequest$: () => (/* reexport */ AddRoleToInstanceProfileRequest$),
  AddUserToGroup$: () => (/* reexport */ AddUserToGroup$),
  AddUserToGroupCommand: () => (/* reexport */ AddUserToGroupCommand),
  AddUserToGroupRequest$: () => (/* reexport */ AddUserToGroupRequest$),
  AssertionEncryptionModeType: () => (/* reexport */ AssertionEncryptionModeType),
  AssignmentStatusType: () => (/* reexport */ AssignmentStatusType),
  AssociateDelegationRequest$: () => (/* reexport */ AssociateDelegationRequest$),
  AssociateDelegationRequestCommand: () => (/* reexport */ AssociateDelegationRequestCommand),
  AssociateDelegationRequestRequest$: () => (/* reexport */ AssociateDelegationRequestRequest$),
  AttachGroupPolicy$: () => (/* reexport */ AttachGroupPolicy$),
  AttachGroupPolicyCommand: () => (/* reexport */ AttachGroupPolicyCommand),
  AttachGroupPolicyRequest$: () => (/* reexport */ AttachGroupPolicyRequest$),
  AttachRolePolicy$: () => (/* reexport */ AttachRolePolicy$),
  AttachRolePolicyCommand: () => (/* reexport */ AttachRolePolicyCommand),
  AttachRolePolicyRequest$: () => (/* reexport */ AttachRolePolicyRequest$),
  AttachUserPolicy$: () => (/* reexport */ AttachUserPolicy$),
  AttachUserPolicyCommand: () => (/* reexport */ AttachUserPolicyCommand),
  AttachUserPolicyRequest$: () => (/* reexport */ AttachUserPolicyRequest$),
  AttachedPermissionsBoundary$: () => (/* reexport */ AttachedPermissionsBoundary$),
  AttachedPolicy$: () => (/* reexport */ AttachedPolicy$),
  AttachmentType: () => (/* reexport */ AttachmentType),
  CallerIsNotManagementAccountException: () => (/* reexport */ CallerIsNotManagementAccountException),
  CallerIsNotManagementAccountException$: () => (/* reexport */ CallerIsNotManagementAccountException$),
  ChangePassword$: () => (/* reexport */ ChangePassword$),
  ChangePasswordCommand: () => (/* reexport */ ChangePasswordCommand),
  ChangePasswordRequest$: () => (/* reexport */ ChangePasswordRequest$),
  ConcurrentModificationException: () => (/* reexport */ ConcurrentModificationException),
  ConcurrentModificationException$: () => (/* reexport */ ConcurrentModificationException$),
  ContextEntry$: () => (/* reexport */ ContextEntry$),
  ContextKeyTypeEnum: () => (/* reexport */ ContextKeyTypeEnum),
  CreateAccessKey$: () => (/* reexport */ CreateAccessKey$),
  CreateAccessKeyCommand: () => (/* reexport */ CreateAccessKeyCommand),
  CreateAccessKeyRequest$: () => (/* reexport */ CreateAccessKeyRequest$),
  CreateAccessKeyResponse$: () => (/* reexport */ CreateAccessKeyResponse$),
  CreateAccountAlias$: () => (/* reexport */ CreateAccountAlias$),
  CreateAccountAliasCommand: () => (/* reexport */ CreateAccountAliasCommand),
  CreateAccountAliasRequest$: () => (/* reexport */ CreateAccountAliasRequest$),
  CreateDelegationRequest$: () => (/* reexport */ CreateDelegationRequest$),
  CreateDelegationRequestCommand: () => (/* reexport */ CreateDelegationRequestCommand),
  CreateDelegationRequestRequest$: () => (/* reexport */ CreateDelegationRequestRequest$),
  CreateDelegationRequestResponse$: () => (/* reexport */ CreateDelegationRequestResponse$),
  CreateGroup$: () => (/* reexport */ CreateGroup$),
  CreateGroupCommand: () => (/* reexport */ CreateGroupCommand),
  CreateGroupRequest$: () => (/* reexport */ CreateGroupRequest$),
  CreateGroupResponse$: () => (/* reexport */ CreateGroupResponse$),
  CreateInstanceProfile$: () => (/* reexport */ CreateInstanceProfile$),
  CreateInstanceProfileCommand: () => (/* reexport */ CreateInstanceProfileCommand),
  CreateInstanceProfileRequest$: () => (/* reexport */ CreateInstanceProfileRequest$),
  CreateInstanceProfileResponse$: () => (/* reexport */ CreateInstanceProfileResponse$),
  CreateLoginProfile$: () => (/* reexport */ CreateLoginProfile$),
  CreateLoginProfileCommand: () => (/* reexport */ CreateLoginProfileCommand),
  CreateLoginProfileRequest$: () => (/* reexport */ CreateLoginProfileRequest$),
  CreateLoginProfileResponse$: () => (/* reexport */ CreateLoginProfileResponse$),
  CreateOpenIDConnectProvider$: () => (/* reexport */ CreateOpenIDConnectProvider$),
  CreateOpenIDConnectProviderCommand: () => (/* reexport */ CreateOpenIDConnectProviderCommand),
  CreateOpenIDConnectProviderRequest$: () => (/* reexport */ CreateOpenIDConnectProviderRequest$),
  CreateOpenIDConnectProviderResponse$: () => (/* reexport */ CreateOpenIDConnectProviderResponse$),
  CreatePolicy$: () => (/* reexport */ CreatePolicy$),
  CreatePolicyCommand: () => (/* reexport */ CreatePolicyCommand),
  CreatePolicyRequest$: () => (/* reexport */ CreatePolicyRequest$),
  CreatePolicyResponse$: () => (/* reexport */ CreatePolicyResponse$),
  CreatePolicyVersion$: () => (/* reexport */ CreatePolicyVersion$),
  CreatePolicyVersionCommand: () => (/* reexport */ CreatePolicyVersionCommand),
  CreatePolicyVersionRequest$: () => (/* reexport */ CreatePolicyVersionRequest$),
  CreatePolicyVersionResponse$: () => (/* reexport */ CreatePolicyVersionResponse$),
  CreateRole$: () => (/* reexport */ CreateRole$),
  CreateRoleCommand: () => (/* reexport */ CreateRoleCommand),
  CreateRoleRequest$: () => (/* reexport */ CreateRoleRequest$),
  CreateRoleResponse$: () => (/* reexport */ CreateRoleResponse$),
  CreateSAMLProvider$: () => (/* reexport */ CreateSAMLProvider$),
  CreateSAMLProviderCommand: () => (/* reexport */ CreateSAMLProviderCommand),
  CreateSAMLProviderRequest$: () => (/* reexport */ CreateSAMLProviderRequest$),
  CreateSAMLProviderResponse$: () => (/* reexport */ CreateSAMLProviderResponse$),
  CreateServiceLinkedRole$: () => (/* reexport */ CreateServiceLinkedRole$),
  CreateServiceLinkedRoleCommand: () => (/* reexport */ CreateServiceLinkedRoleCommand),
  CreateServiceLinkedRoleRequest$: () => (/* reexport */ CreateServiceLinkedRoleRequest$),
  CreateServiceLinkedRoleResponse$: () => (/* reexport */ CreateServiceLinkedRoleResponse$),
  CreateServiceSpecificCredential$: () => (/* reexport */ CreateServiceSpecificCredential$),
  CreateServiceSpecificCredentialCommand: () => (/* reexport */ CreateServiceSpecificCredentialCommand),
  CreateServiceSpecificCredentialRequest$: () => (/* reexport */ CreateServiceSpecificCredentialRequest$),
  CreateServiceSpecificCredentialResponse$: () => (/* reexport */ CreateServiceSpecificCredentialResponse$),
  CreateUser$: () => (/* reexport */ CreateUser$),
  CreateUserCommand: () => (/* reexport */ CreateUserCommand),
  CreateUserRequest$: () => (/* reexport */ CreateUserRequest$),
  CreateUserResponse$: () => (/* reexport */ CreateUserResponse$),
  CreateVirtualMFADevice$: () => (/* reexport */ CreateVirtualMFADevice$),
  CreateVirtualMFADeviceCommand: () => (/* reexport */ CreateVirtualMFADeviceCommand),
  CreateVirtualMFADeviceRequest$: () => (/* reexport */ CreateVirtualMFADeviceRequest$),
  CreateVirtualMFADeviceResponse$: () => (/* reexport */ CreateVirtualMFADeviceResponse$),
  CredentialReportExpiredException: () => (/* reexport */ CredentialReportExpiredException),
  CredentialReportExpiredException$: () => (/* reexport */ CredentialReportExpiredException$),
  CredentialReportNotPresentException: () => (/* reexport */ CredentialReportNotPresentException),
  CredentialReportNotPresentException$: () => (/* reexport */ CredentialReportNotPresentException$),
  CredentialReportNotReadyException: () => (/* reexport */ CredentialReportNotReadyException),
  CredentialReportNotReadyException$: () => (/* reexport */ CredentialReportNotReadyException$),
  DeactivateMFADevice$: () => (/* reexport */ DeactivateMFADevice$),
  DeactivateMFADeviceCommand: () => (/* reexport */ DeactivateMFADeviceCommand),
  DeactivateMFADeviceRequest$: () => (/* reexport */ DeactivateMFADeviceRequest$),
  DelegationPermission$: () => (/* reexport */ DelegationPermission$),
  DelegationRequest$: () => (/* reexport */ DelegationRequest$),
  DeleteAccessKey$: () => (/* reexport */ DeleteAccessKey$),
  DeleteAccessKeyCommand: () => (/* reexport */ DeleteAccessKeyCommand),
  DeleteAccessKeyRequest$: () => (/* reexport */ DeleteAccessKeyRequest$),
  DeleteAccountAlias$: () => (/* reexport */ DeleteAccountAlias$),
  DeleteAccountAliasCommand: () => (/* reexport */ DeleteAccountAliasCommand),
  DeleteAccountAliasRequest$: () => (/* reexport */ DeleteAccountAliasRequest$),
  DeleteAccountPasswordPolicy$: () => (/* reexport */ DeleteAccountPasswordPolicy$),
  DeleteAccountPasswordPolicyCommand: () => (/* reexport */ DeleteAccountPasswordPolicyCommand),
  DeleteConflictException: () => (/* reexport */ DeleteConflictException),
  DeleteConflictException$: () => (/* reexport */ DeleteConflictException$),
  DeleteGroup$: () => (/* reexport */ DeleteGroup$),
  DeleteGroupCommand: () => (/* reexport */ DeleteGroupCommand),
  DeleteGroupPolicy$: () => (/* reexport */ DeleteGroupPolicy$),
  DeleteGroupPolicyCommand: () => (/* reexport */ DeleteGroupPolicyCommand),
  DeleteGroupPolicyRequest$: () => (/* reexport */ DeleteGroupPolicyRequest$),
  DeleteGroupRequest$: () => (/* reexport */ DeleteGroupRequest$),
  DeleteInstanceProfile$: () => (/* reexport */ DeleteInstanceProfile$),
  DeleteInstanceProfileCommand: () => (/* reexport */ DeleteInstanceProfileCommand),
  DeleteInstanceProfileRequest$: () => (/* reexport */ DeleteInstanceProfileRequest$),
  DeleteLoginProfile$: () => (/* reexport */ DeleteLoginProfile$),
  DeleteLoginProfileCommand: () => (/* reexport */ DeleteLoginProfileCommand),
  DeleteLoginProfileRequest$: () => (/* reexport */ DeleteLoginProfileRequest$),
  DeleteOpenIDConnectProvider$: () => (/* reexport */ DeleteOpenIDConnectProvider$),
  DeleteOpenIDConnectProviderCommand: () => (/* reexport */ DeleteOpenIDConnectProviderCommand),
  DeleteOpenIDConnectProviderRequest$: () => (/* reexport */ DeleteOpenIDConnectProviderRequest$),
  DeletePolicy$: () => (/* reexport */ DeletePolicy$),
  DeletePolicyCommand: () => (/* reexport */ DeletePolicyCommand),
  DeletePolicyRequest$: () => (/* reexport */ DeletePolicyRequest$),
  DeletePolicyVersion$: () => (/* reexport */ DeletePolicyVersion$),
  DeletePolicyVersionCommand: () => (/* reexport */ DeletePolicyVersionCommand),
  DeletePolicyVersionRequest$: () => (/* reexport */ DeletePolicyVersionRequest$),
  DeleteRole$: () => (/* reexport */ DeleteRole$),
  DeleteRoleCommand: () => (/* reexport */ DeleteRoleCommand),
  DeleteRolePermissionsBoundary$: () => (/* reexport */ DeleteRolePermissionsBoundary$),
  DeleteRolePermissionsBoundaryCommand: () => (/* reexport */ DeleteRolePermissionsBoundaryCommand),
  DeleteRolePermissionsBoundaryRequest$: () => (/* reexport */ DeleteRolePermissionsBoundaryRequest$),
  DeleteRolePolicy$: () => (/* reexport */ DeleteRolePolicy$),
  DeleteRolePolicyCommand: () => (/* reexport */ DeleteRolePolicyCommand),
  DeleteRolePolicyRequest$: () => (/* reexport */ DeleteRolePolicyRequest$),
  DeleteRoleRequest$: () => (/* reexport */ DeleteRoleRequest$),
  DeleteSAMLProvider$: () => (/* reexport */ DeleteSAMLProvider$),
  DeleteSAMLProviderCommand: () => (/* reexport */ DeleteSAMLProviderCommand),
  DeleteSAMLProviderRequest$: () => (/* reexport */ DeleteSAMLProviderRequest$),
  DeleteSSHPublicKey$: () => (/* reexport */ DeleteSSHPublicKey$),
  DeleteSSHPublicKeyCommand: () => (/* reexport */ DeleteSSHPublicKeyCommand),
  DeleteSSHPublicKeyRequest$: () => (/* reexport */ DeleteSSHPublicKeyRequest$),
  DeleteServerCertificate$: () => (/* reexport */ DeleteServerCertificate$),
  DeleteServerCertificateCommand: () => (/* reexport */ DeleteServerCertificateCommand),
  DeleteServerCertificateRequest$: () => (/* reexport */ DeleteServerCertificateRequest$),
  DeleteServiceLinkedRole$: () => (/* reexport */ DeleteServiceLinkedRole$),
  DeleteServiceLinkedRoleCommand: () => (/* reexport */ DeleteServiceLinkedRoleCommand),
  DeleteServiceLinkedRoleRequest$: () => (/* reexport */ DeleteServiceLinkedRoleRequest$),
  DeleteServiceLinkedRoleResponse$: () => (/* reexport */ DeleteServiceLinkedRoleResponse$),
  DeleteServiceSpecificCredential$: () => (/* reexport */ DeleteServiceSpecificCredential$),
  DeleteServiceSpecificCredentialCommand: () => (/* reexport */ DeleteServiceSpecificCredentialCommand),
  DeleteServiceSpecificCredentialRequest$: () => (/* reexport */ DeleteServiceSpecificCredentialRequest$),
  DeleteSigningCertificate$: () => (/* reexport */ DeleteSigningCertificate$),
  DeleteSigningCertificateCommand: () => (/* reexport */ DeleteSigningCertificateCommand),
  DeleteSigningCertificateRequest$: () => (/* reexport */ DeleteSigningCertificateRequest$),
  DeleteUser$: () => (/* reexport */ DeleteUser$),
  DeleteUserCommand: () => (/* reexport */ DeleteUserCommand),
  DeleteUserPermissionsBoundary$: () => (/* reexport */ DeleteUserPermissionsBoundary$),
  DeleteUserPermissionsBoundaryCommand: () => (/* reexport */ DeleteUserPermissionsBoundaryCommand),
  DeleteUserPermissionsBoundaryRequest$: () => (/* reexport */ DeleteUserPermissionsBoundaryRequest$),
  DeleteUserPolicy$: () => (/* reexport */ DeleteUserPolicy$),
  DeleteUserPolicyCommand: () => (/* reexport */ DeleteUserPolicyCommand),
  DeleteUserPolicyRequest$: () => (/* reexport */ DeleteUserPolicyRequest$),
  DeleteUserRequest$: () => (/* reexport */ DeleteUserRequest$),
  DeleteVirtualMFADevice$: () => (/* reexport */ DeleteVirtualMFADevice$),
  DeleteVirtualMFADeviceCommand: () => (/* reexport */ DeleteVirtualMFADeviceCommand),
  DeleteVirtualMFADeviceRequest$: () => (/* reexport */ DeleteVirtualMFADeviceRequest$),
  DeletionTaskFailureReasonType$: () => (/* reexport */ DeletionTaskFailureReasonType$),
  DeletionTaskStatusType: () => (/* reexport */ DeletionTaskStatusType),
  DetachGroupPolicy$: () => (/* reexport */ DetachGroupPolicy$),
  DetachGroupPolicyCommand: () => (/* reexport */ DetachGroupPolicyCommand),
  DetachGroupPolicyRequest$: () => (/* reexport */ DetachGroupPolicyRequest$),
  DetachRolePolicy$: () => (/* reexport */ DetachRolePolicy$),
  DetachRolePolicyCommand: () => (/* reexport */ DetachRolePolicyCommand),
  DetachRolePolicyRequest$: () => (/* reexport */ DetachRolePolicyRequest$),
  DetachUserPolicy$: () => (/* reexport */ DetachUserPolicy$),
  DetachUserPolicyCommand: () => (/* reexport */ DetachUserPolicyCommand),
  DetachUserPolicyRequest$: () => (/* reexport */ DetachUserPolicyRequest$),
  DisableOrganizationsRootCredentialsManagement$: () => (/* reexport */ DisableOrganizationsRootCredentialsManagement$),
  DisableOrganizationsRootCredentialsManagementCommand: () => (/* reexport */ DisableOrganizationsRootCredentialsManagementCommand),
  DisableOrganizationsRootCredentialsManagementRequest$: () => (/* reexport */ DisableOrganizationsRootCredentialsManagementRequest$),
  DisableOrganizationsRootCredentialsManagementResponse$: () => (/* reexport */ DisableOrganizationsRootCredentialsManagementResponse$),
  DisableOrganizationsRootSessions$: () => (/* reexport */ DisableOrganizationsRootSessions$),
  DisableOrganizationsRootSessionsCommand: () => (/* reexport */ DisableOrganizationsRootSessionsCommand),
  DisableOrganizationsRootSessionsRequest$: () => (/* reexport */ DisableOrganizationsRootSessionsRequest$),
  DisableOrganizationsRootSessionsResponse$: () => (/* reexport */ DisableOrganizationsRootSessionsResponse$),
  DisableOutboundWebIdentityFederation$: () => (/* reexport */ DisableOutboundWebIdentityFederation$),
  DisableOutboundWebIdentityFederationCommand: () => (/* reexport */ DisableOutboundWebIdentityFederationCommand),
  DuplicateCertificateException: () => (/* reexport */ DuplicateCertificateException),
  DuplicateCertificateException$: () => (/* reexport */ DuplicateCertificateException$),
  DuplicateSSHPublicKeyException: () => (/* reexport */ DuplicateSSHPublicKeyException),
  DuplicateSSHPublicKeyException$: () => (/* reexport */ DuplicateSSHPublicKeyException$),
  EnableMFADevice$: () => (/* reexport */ EnableMFADevice$),
  EnableMFADeviceCommand: () => (/* reexport */ EnableMFADeviceCommand),
  EnableMFADeviceRequest$: () => (/* reexport */ EnableMFADeviceRequest$),
  EnableOrganizationsRootCredentialsManagement$: () => (/* reexport */ EnableOrganizationsRootCredentialsManagement$),
  EnableOrganizationsRootCredentialsManagementCommand: () => (/* reexport */ EnableOrganizationsRootCredentialsManagementCommand),
  EnableOrganizationsRootCredentialsManagementRequest$: () => (/* reexport */ EnableOrganizationsRootCredentialsManagementRequest$),
  EnableOrganizationsRootCredentialsManagementResponse$: () => (/* reexport */ EnableOrganizationsRootCredentialsManagementResponse$),
  EnableOrganizationsRootSessions$: () => (/* reexport */ EnableOrganizationsRootSessions$),
  EnableOrganizationsRootSessionsCommand: () => (/* reexport */ EnableOrganizationsRootSessionsCommand),
  EnableOrganizationsRootSessionsRequest$: () => (/* reexport */ EnableOrganizationsRootSessionsRequest$),
  EnableOrganizationsRootSessionsResponse$: () => (/* reexport */ EnableOrganizationsRootSessionsResponse$),
  EnableOutboundWebIdentityFederation$: () => (/* reexport */ EnableOutboundWebIdentityFederation$),
  EnableOutboundWebIdentityFederationCommand: () => (/* reexport */ EnableOutboundWebIdentityFederationCommand),
  EnableOutboundWebIdentityFederationResponse$: () => (/* reexport */ EnableOutboundWebIdentityFederationResponse$),
  EncodingType: () => (/* reexport */ EncodingType),
  EntityAlreadyExistsException: () => (/* reexport */ EntityAlreadyExistsException),
  EntityAlreadyExistsException$: () => (/* reexport */ EntityAlreadyExistsException$),
  EntityDetails$: () => (/* reexport */ EntityDetails$),
  EntityInfo$: () => (/* reexport */ EntityInfo$),
  EntityTemporarilyUnmodifiableException: () => (/* reexport */ EntityTemporarilyUnmodifiableException),
  EntityTemporarilyUnmodifiableException$: () => (/* reexport */ EntityTemporarilyUnmodifiableException$),
  EntityType: () => (/* reexport */ EntityType),
  ErrorDetails$: () => (/* reexport */ ErrorDetails$),
  EvaluationResult$: () => (/* reexport */ EvaluationResult$),
  FeatureDisabledException: () => (/* reexport */ FeatureDisabledException),
  FeatureDisabledException$: () => (/* reexport */ FeatureDisabledException$),
  FeatureEnabledException: () => (/* reexport */ FeatureEnabledException),
  FeatureEnabledException$: () => (/* reexport */ FeatureEnabledException$),
  FeatureType: () => (/* reexport */ FeatureType),
  GenerateCredentialReport$: () => (/* reexport */ GenerateCredentialReport$),
  GenerateCredentialReportCommand: () => (/* reexport */ GenerateCredentialReportCommand),
  GenerateCredentialReportResponse$: () => (/* reexport */ GenerateCredentialReportResponse$),
  GenerateOrganizationsAccessReport$: () => (/* reexport */ GenerateOrganizationsAccessReport$),
  GenerateOrganizationsAccessReportCommand: () => (/* reexport */ GenerateOrganizationsAccessReportCommand),
  GenerateOrganizationsAccessReportRequest$: () => (/* reexport */ GenerateOrganizationsAccessReportRequest$),
  GenerateOrganizationsAccessReportResponse$: () => (/* reexport */ GenerateOrganizationsAccessReportResponse$),
  GenerateServiceLastAccessedDetails$: () => (/* reexport */ GenerateServiceLastAccessedDetails$),
  GenerateServiceLastAccessedDetailsCommand: () => (/* reexport */ GenerateServiceLastAccessedDetailsCommand),
  GenerateServiceLastAccessedDetailsRequest$: () => (/* reexport */ GenerateServiceLastAccessedDetailsRequest$),
  GenerateServiceLastAccessedDetailsResponse$: () => (/* reexport */ GenerateServiceLastAccessedDetailsResponse$),
  GetAccessKeyLastUsed$: () => (/* reexport */ GetAccessKeyLastUsed$),
  GetAccessKeyLastUsedCommand: () => (/* reexport */ GetAccessKeyLastUsedCommand),
  GetAccessKeyLastUsedRequest$: () => (/* reexport */ GetAccessKeyLastUsedRequest$),
  GetAccessKeyLastUsedResponse$: () => (/* reexport */ GetAccessKeyLastUsedResponse$),
  GetAccountAuthorizationDetails$: () => (/* reexport */ GetAccountAuthorizationDetails$),
  GetAccountAuthorizationDetailsCommand: () => (/* reexport */ GetAccountAuthorizationDetailsCommand),
  GetAccountAuthorizationDetailsRequest$: () => (/* reexport */ GetAccountAuthorizationDetailsRequest$),
  GetAccountAuthorizationDetailsResponse$: () => (/* reexport */ GetAccountAuthorizationDetailsResponse$),
  GetAccountPasswordPolicy$: () => (/* reexport */ GetAccountPasswordPolicy$),
  GetAccountPasswordPolicyCommand: () => (/* reexport */ GetAccountPasswordPolicyCommand),
  GetAccountPasswordPolicyResponse$: () => (/* reexport */ GetAccountPasswordPolicyResponse$),
  GetAccountProperties$: () => (/* reexport */ GetAccountProperties$),
  GetAccountPropertiesCommand: () => (/* reexport */ GetAccountPropertiesCommand),
  GetAccountPropertiesRequest$: () => (/* reexport */ GetAccountPropertiesRequest$),
  GetAccountPropertiesResponse$: () => (/* reexport */ GetAccountPropertiesResponse$),
  GetAccountSummary$: () => (/* reexport */ GetAccountSummary$),
  GetAccountSummaryCommand: () => (/* reexport */ GetAccountSummaryCommand),
  GetAccountSummaryResponse$: () => (/* reexport */ GetAccountSummaryResponse$),
  GetContextKeysForCustomPolicy$: () => (/* reexport */ GetContextKeysForCustomPolicy$),
  GetContextKeysForCustomPolicyCommand: () => (/* reexport */ GetContextKeysForCustomPolicyCommand),
  GetContextKeysForCustomPolicyRequest$: () => (/* reexport */ GetContextKeysForCustomPolicyRequest$),
  GetContextKeysForPolicyResponse$: () => (/* reexport */ GetContextKeysForPolicyResponse$),
  GetContextKeysForPrincipalPolicy$: () => (/* reexport */ GetContextKeysForPrincipalPolicy$),
  GetContextKeysForPrincipalPolicyCommand: () => (/* reexport */ GetContextKeysForPrincipalPolicyCommand),
  GetContextKeysForPrincipalPolicyRequest$: () => (/* reexport */ GetContextKeysForPrincipalPolicyRequest$),
  GetCredentialReport$: () => (/* reexport */ GetCredentialReport$),
  GetCredentialReportCommand: () => (/* reexport */ GetCredentialReportCommand),
  GetCredentialReportResponse$: () => (/* reexport */ GetCredentialReportResponse$),
  GetDelegationRequest$: () => (/* reexport */ GetDelegationRequest$),
  GetDelegationRequestCommand: () => (/* reexport */ GetDelegationRequestCommand),
  GetDelegationRequestRequest$: () => (/* reexport */ GetDelegationRequestRequest$),
  GetDelegationRequestResponse$: () => (/* reexport */ GetDelegationRequestResponse$),
  GetGroup$: () => (/* reexport */ GetGroup$),
  GetGroupCommand: () => (/* reexport */ GetGroupCommand),
  GetGroupPolicy$: () => (/* reexport */ GetGroupPolicy$),
  GetGroupPolicyCommand: () => (/* reexport */ GetGroupPolicyCommand),
  GetGroupPolicyRequest$: () => (/* reexport */ GetGroupPolicyRequest$),
  GetGroupPolicyResponse$: () => (/* reexport */ GetGroupPolicyResponse$),
  GetGroupRequest$: () => (/* reexport */ GetGroupRequest$),
  GetGroupResponse$: () => (/* reexport */ GetGroupResponse$),
  GetHumanReadableSummary$: () => (/* reexport */ GetHumanReadableSummary$),
  GetHumanReadableSummaryCommand: () => (/* reexport */ GetHumanReadableSummaryCommand),
  GetHumanReadableSummaryRequest$: () => (/* reexport */ GetHumanReadableSummaryRequest$),
  GetHumanReadableSummaryResponse$: () => (/* reexport */ GetHumanReadableSummaryResponse$),
  GetInstanceProfile$: () => (/* reexport */ GetInstanceProfile$),
  GetInstanceProfileCommand: () => (/* reexport */ GetInstanceProfileCommand),
  GetInstanceProfileRequest$: () => (/* reexport */ GetInstanceProfileRequest$),
  GetInstanceProfileResponse$: () => (/* reexport */ GetInstanceProfileResponse$),
  GetLoginProfile$: () => (/* reexport */ GetLoginProfile$),
  GetLoginProfileCommand: () => (/* reexport */ GetLoginProfileCommand),
  GetLoginProfileRequest$: () => (/* reexport */ GetLoginProfileRequest$),
  GetLoginProfileResponse$: () => (/* reexport */ GetLoginProfileResponse$),
  GetMFADevice$: () => (/* reexport */ GetMFADevice$),
  GetMFADeviceCommand: () => (/* reexport */ GetMFADeviceCommand),
  GetMFADeviceRequest$: () => (/* reexport */ GetMFADeviceRequest$),
  GetMFADeviceResponse$: () => (/* reexport */ GetMFADeviceResponse$),
  GetOpenIDConnectProvider$: () => (/* reexport */ GetOpenIDConnectProvider$),
  GetOpenIDConnectProviderCommand: () => (/* reexport */ GetOpenIDConnectProviderCommand),
  GetOpenIDConnectProviderRequest$: () => (/* reexport */ GetOpenIDConnectProviderRequest$),
  GetOpenIDConnectProviderResponse$: () => (/* reexport */ GetOpenIDConnectProviderResponse$),
  GetOrganizationsAccessReport$: () => (/* reexport */ GetOrganizationsAccessReport$),
  GetOrganizationsAccessReportCommand: () => (/* reexport */ GetOrganizationsAccessReportCommand),
  GetOrganizationsAccessReportRequest$: () => (/* reexport */ GetOrganizationsAccessReportRequest$),
  GetOrganizationsAccessReportResponse$: () => (/* reexport */ GetOrganizationsAccessReportResponse$),
  GetOutboundWebIdentityFederationInfo$: () => (/* reexport */ GetOutboundWebIdentityFederationInfo$),
  GetOutboundWebIdentityFederationInfoCommand: () => (/* reexport */ GetOutboundWebIdentityFederationInfoCommand),
  GetOutboundWebIdentityFederationInfoResponse$: () => (/* reexport */ GetOutboundWebIdentityFederationInfoResponse$),
  GetPolicy$: () => (/* reexport */ GetPolicy$),
  GetPolicyCommand: () => (/* reexport */ GetPolicyCommand),
  GetPolicyRequest$: () => (/* reexport */ GetPolicyRequest$),
  GetPolicyResponse$: () => (/* reexport */ GetPolicyResponse$),
  GetPolicyVersion$: () => (/* reexport */ GetPolicyVersion$),
  GetPolicyVersionCommand: () => (/* reexport */ GetPolicyVersionCommand),
  GetPolicyVersionRequest$: () => (/* reexport */ GetPolicyVersionRequest$),
  GetPolicyVersionResponse$: () => (/* reexport */ GetPolicyVersionResponse$),
  GetRole$: () => (/* reexport */ GetRole$),
  GetRoleCommand: () => (/* reexport */ GetRoleCommand),
  GetRolePolicy$: () => (/* reexport */ GetRolePolicy$),
  GetRolePolicyCommand: () => (/* reexport */ GetRolePolicyCommand),
  GetRolePolicyRequest$: () => (/* reexport */ GetRolePolicyRequest$),
  GetRolePolicyResponse$: () => (/* reexport */ GetRolePolicyResponse$),
  GetRoleRequest$: () => (/* reexport */ GetRoleRequest$),
  GetRoleResponse$: () => (/* reexport */ GetRoleResponse$),
  GetRoleTemplateVersion$: () => (/* reexport */ GetRoleTemplateVersion$),
  GetRoleTemplateVersionCommand: () => (/* reexport */ GetRoleTemplateVersionCommand),
  GetRoleTemplateVersionRequest$: () => (/* reexport */ GetRoleTemplateVersionRequest$),
  GetRoleTemplateVersionResponse$: () => (/* reexport */ GetRoleTemplateVersionResponse$),
  GetSAMLProvider$: () => (/* reexport */ GetSAMLProvider$),
  GetSAMLProviderCommand: () => (/* reexport */ GetSAMLProviderCommand),
  GetSAMLProviderRequest$: () => (/* reexport */ GetSAMLProviderRequest$),
  GetSAMLProviderResponse$: () => (/* reexport */ GetSAMLProviderResponse$),
  GetSSHPublicKey$: () => (/* reexport */ GetSSHPublicKey$),
  GetSSHPublicKeyCommand: () => (/* reexport */ GetSSHPublicKeyCommand),
  GetSSHPublicKeyRequest$: () => (/* reexport */ GetSSHPublicKeyRequest$),
  GetSSHPublicKeyResponse$: () => (/* reexport */ GetSSHPublicKeyResponse$),
  GetServerCertificate$: () => (/* reexport */ GetServerCertificate$),
  GetServerCertificateCommand: () => (/* reexport */ GetServerCertificateCommand),
  GetServerCertificateRequest$: () => (/* reexport */ GetServerCertificateRequest$),
  GetServerCertificateResponse$: () => (/* reexport */ GetServerCertificateResponse$),
  GetServiceLastAccessedDetails$: () => (/* reexport */ GetServiceLastAccessedDetails$),
  GetServiceLastAccessedDetailsCommand: () => (/* reexport */ GetServiceLastAccessedDetailsCommand),
  GetServiceLastAccessedDetailsRequest$: () => (/* reexport */ GetServiceLastAccessedDetailsRequest$),
  GetServiceLastAccessedDetailsResponse$: () => (/* reexport */ GetServiceLastAccessedDetailsResponse$),
  GetServiceLastAccessedDetailsWithEntities$: () => (/* reexport */ GetServiceLastAccessedDetailsWithEntities$),
  GetServiceLastAccessedDetailsWithEntitiesCommand: () => (/* reexport */ GetServiceLastAccessedDetailsWithEntitiesCommand),
  GetServiceLastAccessedDetailsWithEntitiesRequest$: () => (/* reexport */ GetServiceLastAccessedDetailsWithEntitiesRequest$),
  GetServiceLastAccessedDetailsWithEntitiesResponse$: () => (/* reexport */ GetServiceLastAccessedDetailsWithEntitiesResponse$),
  GetServiceLinkedRoleDeletionStatus$: () => (/* reexport */ GetServiceLinkedRoleDeletionStatus$),
  GetServiceLinkedRoleDeletionStatusCommand: () => (/* reexport */ GetServiceLinkedRoleDeletionStatusCommand),
  GetServiceLinkedRoleDeletionStatusRequest$: () => (/* reexport */ GetServiceLinkedRoleDeletionStatusRequest$),
  GetServiceLinkedRoleDeletionStatusResponse$: () => (/* reexport */ GetServiceLinkedRoleDeletionStatusResponse$),
  GetUser$: () => (/* reexport */ GetUser$),
  GetUserCommand: () => (/* reexport */ GetUserCommand),
  GetUserPolicy$: () => (/* reexport */ GetUserPolicy$),
  GetUserPolicyCommand: () => (/* reexport */ GetUserPolicyCommand),
  GetUserPolicyRequest$: () => (/* reexport */ GetUserPolicyRequest$),
  GetUserPolicyResponse$: () => (/* reexport */ GetUserPolicyResponse$),
  GetUserRequest$: () => (/* reexport */ GetUserRequest$),
  GetUserResponse$: () => (/* reexport */ GetUserResponse$),
  GlobalEndpointTokenVersion: () => (/* reexport */ GlobalEndpointTokenVersion),
  Group$: () => (/* reexport */ Group$),
  GroupDetail$: () => (/* reexport */ GroupDetail$),
  IAM: () => (/* reexport */ IAM),
  IAMClient: () => (/* reexport */ IAMClient),
  IAMServiceException: () => (/* reexport */ IAMServiceException),
  IAMServiceException$: () => (/* reexport */ IAMServiceException$),
  InlinePolicy$: () => (/* reexport */ InlinePolicy$),
  InlinePolicyIdentifierType$: () => (/* reexport */ InlinePolicyIdentifierType$),
  InstanceProfile$: () => (/* reexport */ InstanceProfile$),
  InvalidAuthenticationCodeException: () => (/* reexport */ InvalidAuthenticationCodeException),
  InvalidAuthenticationCodeException$: () => (/* reexport */ InvalidAuthenticationCodeException$),
  InvalidCertificateException: () => (/* reexport */ InvalidCertificateException),
  InvalidCertificateException$: () => (/* reexport */ InvalidCertificateException$),
  InvalidInputException: () => (/* reexport */ InvalidInputException),
  InvalidInputException$: () => (/* reexport */ InvalidInputException$),
  InvalidPublicKeyException: () => (/* reexport */ InvalidPublicKeyException),
  InvalidPublicKeyException$: () => (/* reexport */ InvalidPublicKeyException$),
  InvalidUserTypeException: () => (/* reexport */ InvalidUserTypeException),
  InvalidUserTypeException$: () => (/* reexport */ InvalidUserTypeException$),
  JobStatusType: () => (/* reexport */ JobStatusType),
  KeyPairMismatchException: () => (/* reexport */ KeyPairMismatchException),
  KeyPairMismatchException$: () => (/* reexport */ KeyPairMismatchException$),
  LimitExceededException: () => (/* reexport */ LimitExceededException),
  LimitExceededException$: () => (/* reexport */ LimitExceededException$),
  ListAccessKeys$: () => (/* reexport */ ListAccessKeys$),
  ListAccessKeysCommand: () => (/* reexport */ ListAccessKeysCommand),
  ListAccessKeysRequest$: () => (/* reexport */ ListAccessKeysRequest$),
  ListAccessKeysResponse$: () => (/* reexport */ ListAccessKeysResponse$),
  ListAccountAliases$: () => (/* reexport */ ListAccountAliases$),
  ListAccountAliasesCommand: () => (/* reexport */ ListAccountAliasesCommand),
  ListAccountAliasesRequest$: () => (/* reexport */ ListAccountAliasesRequest$),
  ListAccountAliasesResponse$: () => (/* reexport */ ListAccountAliasesResponse$),
  ListAttachedGroupPolicies$: () => (/* reexport */ ListAttachedGroupPolicies$),
  ListAttachedGroupPoliciesCommand: () => (/* reexport */ ListAttachedGroupPoliciesCommand),
  ListAttachedGroupPoliciesRequest$: () => (/* reexport */ ListAttachedGroupPoliciesRequest$),
  ListAttachedGroupPoliciesResponse$: () => (/* reexport */ ListAttachedGroupPoliciesResponse$),
  ListAttachedRolePolicies$: () => (/* reexport */ ListAttachedRolePolicies$),
  ListAttachedRolePoliciesCommand: () => (/* reexport */ ListAttachedRolePoliciesCommand),
  ListAttachedRolePoliciesRequest$: () => (/* reexport */ ListAttachedRolePoliciesRequest$),
  ListAttachedRolePoliciesResponse$: () => (/* reexport */ ListAttachedRolePoliciesResponse$),
  ListAttachedUserPolicies$: () => (/* reexport */ ListAttachedUserPolicies$),
  ListAttachedUserPoliciesCommand: () => (/* reexport */ ListAttachedUserPoliciesCommand),
  ListAttachedUserPoliciesRequest$: () => (/* reexport */ ListAttachedUserPoliciesRequest$),
  ListAttachedUserPoliciesResponse$: () => (/* reexport */ ListAttachedUserPoliciesResponse$),
  ListDelegationRequests$: () => (/* reexport */ ListDelegationRequests$),
  ListDelegationRequestsCommand: () => (/* reexport */ ListDelegationRequestsCommand),
  ListDelegationRequestsRequest$: () => (/* reexport */ ListDelegationRequestsRequest$),
  ListDelegationRequestsResponse$: () => (/* reexport */ ListDelegationRequestsResponse$),
  ListEntitiesForPolicy$: () => (/* reexport */ ListEntitiesForPolicy$),
  ListEntitiesForPolicyCommand: () => (/* reexport */ ListEntitiesForPolicyCommand),
  ListEntitiesForPolicyRequest$: () => (/* reexport */ ListEntitiesForPolicyRequest$),
  ListEntitiesForPolicyResponse$: () => (/* reexport */ ListEntitiesForPolicyResponse$),
  ListGroupPolicies$: () => (/* reexport */ ListGroupPolicies$),
  ListGroupPoliciesCommand: () => (/* reexport */ ListGroupPoliciesCommand),
  ListGroupPoliciesRequest$: () => (/* reexport */ ListGroupPoliciesRequest$),
  ListGroupPoliciesResponse$: () => (/* reexport */ ListGroupPoliciesResponse$),
  ListGroups$: () => (/* reexport */ ListGroups$),
  ListGroupsCommand: () => (/* reexport */ ListGroupsCommand),
  ListGroupsForUser$: () => (/* reexport */ ListGroupsForUser$),
  ListGroupsForUserCommand: () => (/* reexport */ ListGroupsForUserCommand),
  ListGroupsForUserRequest$: () => (/* reexport */ ListGroupsForUserRequest$),
  ListGroupsForUserResponse$: () => (/* reexport */ ListGroupsForUserResponse$),
  ListGroupsRequest$: () => (/* reexport */ ListGroupsRequest$),
  ListGroupsResponse$: () => (/* reexport */ ListGroupsResponse$),
  ListInstanceProfileTags$: () => (/* reexport */ ListInstanceProfileTags$),
  ListInstanceProfileTagsCommand: () => (/* reexport */ ListInstanceProfileTagsCommand),
  ListInstanceProfileTagsRequest$: () => (/* reexport */ ListInstanceProfileTagsRequest$),
  ListInstanceProfileTagsResponse$: () => (/* reexport */ ListInstanceProfileTagsResponse$),
  ListInstanceProfiles$: () => (/* reexport */ ListInstanceProfiles$),
  ListInstanceProfilesCommand: () => (/* reexport */ ListInstanceProfilesCommand),
  ListInstanceProfilesForRole$: () => (/* reexport */ ListInstanceProfilesForRole$),
  ListInstanceProfilesForRoleCommand: () => (/* reexport */ ListInstanceProfilesForRoleCommand),
  ListInstanceProfilesForRoleRequest$: () => (/* reexport */ ListInstanceProfilesForRoleRequest$),
  ListInstanceProfilesForRoleResponse$: () => (/* reexport */ ListInstanceProfilesForRoleResponse$),
  ListInstanceProfilesRequest$: () => (/* reexport */ ListInstanceProfilesRequest$),
  ListInstanceProfilesResponse$: () => (/* reexport */ ListInstanceProfilesResponse$),
  ListMFADeviceTags$: () => (/* reexport */ ListMFADeviceTags$),
  ListMFADeviceTagsCommand: () => (/* reexport */ ListMFADeviceTagsCommand),
  ListMFADeviceTagsRequest$: () => (/* reexport */ ListMFADeviceTagsRequest$),
  ListMFADeviceTagsResponse$: () => (/* reexport */ ListMFADeviceTagsResponse$),
  ListMFADevices$: () => (/* reexport */ ListMFADevices$),
  ListMFADevicesCommand: () => (/* reexport */ ListMFADevicesCommand),
  ListMFADevicesRequest$: () => (/* reexport */ ListMFADevicesRequest$),
  ListMFADevicesResponse$: () => (/* reexport */ ListMFADevicesResponse$),
  ListOpenIDConnectProviderTags$: () => (/* reexport */ ListOpenIDConnectProviderTags$),
  ListOpenIDConnectProviderTagsCommand: () => (/* reexport */ ListOpenIDConnectProviderTagsCommand),
  ListOpenIDConnectProviderTagsRequest$: () => (/* reexport */ ListOpenIDConnectProviderTagsRequest$),
  ListOpenIDConnectProviderTagsResponse$: () => (/* reexport */ ListOpenIDConnectProviderTagsResponse$),
  ListOpenIDConnectProviders$: () => (/* reexport */ ListOpenIDConnectProviders$),
  ListOpenIDConnectProvidersCommand: () => (/* reexport */ ListOpenIDConnectProvidersCommand),
  ListOpenIDConnectProvidersRequest$: () => (/* reexport */ ListOpenIDConnectProvidersRequest$),
  ListOpenIDConnectProvidersResponse$: () => (/* reexport */ ListOpenIDConnectProvidersResponse$),
  ListOrganizationsFeatures$: () => (/* reexport */ ListOrganizationsFeatures$),
  ListOrganizationsFeaturesCommand: () => (/* reexport */ ListOrganizationsFeaturesCommand),
  ListOrganizationsFeaturesRequest$: () => (/* reexport */ ListOrganizationsFeaturesRequest$),
  ListOrganizationsFeaturesResponse$: () => (/* reexport */ ListOrganizationsFeaturesResponse$),
  ListPolicies$: () => (/* reexport */ ListPolicies$),
  ListPoliciesCommand: () => (/* reexport */ ListPoliciesCommand),
  ListPoliciesGrantingServiceAccess$: () => (/* reexport */ ListPoliciesGrantingServiceAccess$),
  ListPoliciesGrantingServiceAccessCommand: () => (/* reexport */ ListPoliciesGrantingServiceAccessCommand),
  ListPoliciesGrantingServiceAccessEntry$: () => (/* reexport */ ListPoliciesGrantingServiceAccessEntry$),
  ListPoliciesGrantingServiceAccessRequest$: () => (/* reexport */ ListPoliciesGrantingServiceAccessRequest$),
  ListPoliciesGrantingServiceAccessResponse$: () => (/* reexport */ ListPoliciesGrantingServiceAccessResponse$),
  ListPoliciesRequest$: () => (/* reexport */ ListPoliciesRequest$),
  ListPoliciesResponse$: () => (/* reexport */ ListPoliciesResponse$),
  ListPolicyTags$: () => (/* reexport */ ListPolicyTags$),
  ListPolicyTagsCommand: () => (/* reexport */ ListPolicyTagsCommand),
  ListPolicyTagsRequest$: () => (/* reexport */ ListPolicyTagsRequest$),
  ListPolicyTagsResponse$: () => (/* reexport */ ListPolicyTagsResponse$),
  ListPolicyVersions$: () => (/* reexport */ ListPolicyVersions$),
  ListPolicyVersionsCommand: () => (/* reexport */ ListPolicyVersionsCommand),
  ListPolicyVersionsRequest$: () => (/* reexport */ ListPolicyVersionsRequest$),
  ListPolicyVersionsResponse$: () => (/* reexport */ ListPolicyVersionsResponse$),
  ListRolePolicies$: () => (/* reexport */ ListRolePolicies$),
  ListRolePoliciesCommand: () => (/* reexport */ ListRolePoliciesCommand),
  ListRolePoliciesRequest$: () => (/* reexport */ ListRolePoliciesRequest$),
  ListRolePoliciesResponse$: () => (/* reexport */ ListRolePoliciesResponse$),
  ListRoleTags$: () => (/* reexport */ ListRoleTags$),
  ListRoleTagsCommand: () => (/* reexport */ ListRoleTagsCommand),
  ListRoleTagsRequest$: () => (/* reexport */ ListRoleTagsRequest$),
  ListRoleTagsResponse$: () => (/* reexport */ ListRoleTagsResponse$),
  ListRoles$: () => (/* reexport */ ListRoles$),
  ListRolesCommand: () => (/* reexport */ ListRolesCommand),
  ListRolesRequest$: () => (/* reexport */ ListRolesRequest$),
  ListRolesResponse$: () => (/* reexport */ ListRolesResponse$),
  ListSAMLProviderTags$: () => (/* reexport */ ListSAMLProviderTags$),
  ListSAMLProviderTagsCommand: () => (/* reexport */ ListSAMLProviderTagsCommand),
  ListSAMLProviderTagsRequest$: () => (/* reexport */ ListSAMLProviderTagsRequest$),
  ListSAMLProviderTagsResponse$: () => (/* reexport */ ListSAMLProviderTagsResponse$),
  ListSAMLProviders$: () => (/* reexport */ ListSAMLProviders$),
  ListSAMLProvidersCommand: () => (/* reexport */ ListSAMLProvidersCommand),
  ListSAMLProvidersRequest$: () => (/* reexport */ ListSAMLProvidersRequest$),
  ListSAMLProvidersResponse$: () => (/* reexport */ ListSAMLProvidersResponse$),
  ListSSHPublicKeys$: () => (/* reexport */ ListSSHPublicKeys$),
  ListSSHPublicKeysCommand: () => (/* reexport */ ListSSHPublicKeysCommand),
  ListSSHPublicKeysRequest$: () => (/* reexport */ ListSSHPublicKeysRequest$),
  ListSSHPublicKeysResponse$: () => (/* reexport */ ListSSHPublicKeysResponse$),
  ListServerCertificateTags$: () => (/* reexport */ ListServerCertificateTags$),
  ListServerCertificateTagsCommand: () => (/* reexport */ ListServerCertificateTagsCommand),
  ListServerCertificateTagsRequest$: () => (/* reexport */ ListServerCertificateTagsRequest$),
  ListServerCertificateTagsResponse$: () => (/* reexport */ ListServerCertificateTagsResponse$),
  ListServerCertificates$: () => (/* reexport */ ListServerCertificates$),
  ListServerCertificatesCommand: () => (/* reexport */ ListServerCertificatesCommand),
  ListServerCertificatesRequest$: () => (/* reexport */ ListServerCertificatesRequest$),
  ListServerCertificatesResponse$: () => (/* reexport */ ListServerCertificatesResponse$),
  ListServiceSpecificCredentials$: () => (/* reexport */ ListServiceSpecificCredentials$),
  ListServiceSpecificCredentialsCommand: () => (/* reexport */ ListServiceSpecificCredentialsCommand),
  ListServiceSpecificCredentialsRequest$: () => (/* reexport */ ListServiceSpecificCredentialsRequest$),
  ListServiceSpecificCredentialsResponse$: () => (/* reexport */ ListServiceSpecificCredentialsResponse$),
  ListSigningCertificates$: () => (/* reexport */ ListSigningCertificates$),
  ListSigningCertificatesCommand: () => (/* reexport */ ListSigningCertificatesCommand),
  ListSigningCertificatesRequest$: () => (/* reexport */ ListSigningCertificatesRequest$),
  ListSigningCertificatesResponse$: () => (/* reexport */ ListSigningCertificatesResponse$),
  ListUserPolicies$: () => (/* reexport */ ListUserPolicies$),
  ListUserPoliciesCommand: () => (/* reexport */ ListUserPoliciesCommand),
  ListUserPoliciesRequest$: () => (/* reexport */ ListUserPoliciesRequest$),
  ListUserPoliciesResponse$: () => (/* reexport */ ListUserPoliciesResponse$),
  ListUserTags$: () => (/* reexport */ ListUserTags$),
  ListUserTagsCommand: () => (/* reexport */ ListUserTagsCommand),
  ListUserTagsRequest$: () => (/* reexport */ ListUserTagsRequest$),
  ListUserTagsResponse$: () => (/* reexport */ ListUserTagsResponse$),
  ListUsers$: () => (/* reexport */ ListUsers$),
  ListUsersCommand: () => (/* reexport */ ListUsersCommand),
  ListUsersRequest$: () => (/* reexport */ ListUsersRequest$),
  ListUsersResponse$: () => (/* reexport */ ListUsersResponse$),
  ListVirtualMFADevices$: () => (/* reexport */ ListVirtualMFADevices$),
  ListVirtualMFADevicesCommand: () => (/* reexport */ ListVirtualMFADevicesCommand),
  ListVirtualMFADevicesRequest$: () => (/* reexport */ ListVirtualMFADevicesRequest$),
  ListVirtualMFADevicesResponse$: () => (/* reexport */ ListVirtualMFADevicesResponse$),
  LoginProfile$: () => (/* reexport */ LoginProfile$),
  MFADevice$: () => (/* reexport */ MFADevice$),
  MalformedCertificateException: () => (/* reexport */ MalformedCertificateException),
  MalformedCertificateException$: () => (/* reexport */ MalformedCertificateException$),
  MalformedPolicyDocumentException: () => (/* reexport */ MalformedPolicyDocumentException),
  MalformedPolicyDocumentException$: () => (/* reexport */ MalformedPolicyDocumentException$),
  ManagedByTypeType: () => (/* reexport */ ManagedByTypeType),
  ManagedPolicyDetail$: () => (/* reexport */ ManagedPolicyDetail$),
  NameConflictException: () => (/* reexport */ NameConflictException),
  NameConflictException$: () => (/* reexport */ NameConflictException$),
  NoSuchEntityException: () => (/* reexport */ NoSuchEntityException),
  NoSuchEntityException$: () => (/* reexport */ NoSuchEntityException$),
  OpenIDConnectProviderListEntry$: () => (/* reexport */ OpenIDConnectProviderListEntry$),
  OpenIdIdpCommunicationErrorException: () => (/* reexport */ OpenIdIdpCommunicationErrorException),
  OpenIdIdpCommunicationErrorException$: () => (/* reexport */ OpenIdIdpCommunicationErrorException$),
  OrderedOrganizationPolicyType$: () => (/* reexport */ OrderedOrganizationPolicyType$),
  OrganizationNotFoundException: () => (/* reexport */ OrganizationNotFoundException),
  OrganizationNotFoundException$: () => (/* reexport */ OrganizationNotFoundException$),
  OrganizationNotInAllFeaturesModeException: () => (/* reexport */ OrganizationNotInAllFeaturesModeException),
  OrganizationNotInAllFeaturesModeException$: () => (/* reexport */ OrganizationNotInAllFeaturesModeException$),
  OrganizationsDecisionDetail$: () => (/* reexport */ OrganizationsDecisionDetail$),
  ParameterDefinition$: () => (/* reexport */ ParameterDefinition$),
  ParameterTypeType: () => (/* reexport */ ParameterTypeType),
  PasswordPolicy$: () => (/* reexport */ PasswordPolicy$),
  PasswordPolicyViolationException: () => (/* reexport */ PasswordPolicyViolationException),
  PasswordPolicyViolationException$: () => (/* reexport */ PasswordPolicyViolationException$),
  PermissionCheckResultType: () => (/* reexport */ PermissionCheckResultType),
  PermissionCheckStatusType: () => (/* reexport */ PermissionCheckStatusType),
  PermissionsBoundaryAttachmentType: () => (/* reexport */ PermissionsBoundaryAttachmentType),
  PermissionsBoundaryDecisionDetail$: () => (/* reexport */ PermissionsBoundaryDecisionDetail$),
  Policy$: () => (/* reexport */ Policy$),
  PolicyDetail$: () => (/* reexport */ PolicyDetail$),
  PolicyEvaluationDecisionType: () => (/* reexport */ PolicyEvaluationDecisionType),
  PolicyEvaluationException: () => (/* reexport */ PolicyEvaluationException),
  PolicyEvaluationException$: () => (/* reexport */ PolicyEvaluationException$),
  PolicyGrantingServiceAccess$: () => (/* reexport */ PolicyGrantingServiceAccess$),
  PolicyGroup$: () => (/* reexport */ PolicyGroup$),
  PolicyIdentifier$: () => (/* reexport */ PolicyIdentifier$),
  PolicyIdentifierPolicyType: () => (/* reexport */ PolicyIdentifierPolicyType),
  PolicyNotAttachableException: () => (/* reexport */ PolicyNotAttachableException),
  PolicyNotAttachableException$: () => (/* reexport */ PolicyNotAttachableException$),
  PolicyOwnerEntityType: () => (/* reexport */ PolicyOwnerEntityType),
  PolicyParameter$: () => (/* reexport */ PolicyParameter$),
  PolicyParameterTypeEnum: () => (/* reexport */ PolicyParameterTypeEnum),
  PolicyRole$: () => (/* reexport */ PolicyRole$),
  PolicyScopeType: () => (/* reexport */ PolicyScopeType),
  PolicySourceType: () => (/* reexport */ PolicySourceType),
  PolicyType: () => (/* reexport */ PolicyType),
  PolicyUsageType: () => (/* reexport */ PolicyUsageType),
  PolicyUser$: () => (/* reexport */ PolicyUser$),
  PolicyVersion$: () => (/* reexport */ PolicyVersion$),
  Position$: () => (/* reexport */ Position$),
  PutAccountProperties$: () => (/* reexport */ PutAccountProperties$),
  PutAccountPropertiesCommand: () => (/* reexport */ PutAccountPropertiesCommand),
  PutAccountPropertiesRequest$: () => (/* reexport */ PutAccountPropertiesRequest$),
  PutAccountPropertiesResponse$: () => (/* reexport */ PutAccountPropertiesResponse$),
  PutGroupPolicy$: () => (/* reexport */ PutGroupPolicy$),
  PutGroupPolicyCommand: () => (/* reexport */ PutGroupPolicyCommand),
  PutGroupPolicyRequest$: () => (/* reexport */ PutGroupPolicyRequest$),
  PutRolePermissionsBoundary$: () => (/* reexport */ PutRolePermissionsBoundary$),
  PutRolePermissionsBoundaryCommand: () => (/* reexport */ PutRolePermissionsBoundaryCommand),
  PutRolePermissionsBoundaryRequest$: () => (/* reexport */ PutRolePermissionsBoundaryRequest$),
  PutRolePolicy$: () => (/* reexport */ PutRolePolicy$),
  PutRolePolicyCommand: () => (/* reexport */ PutRolePolicyCommand),
  PutRolePolicyRequest$: () => (/* reexport */ PutRolePolicyRequest$),
  PutUserPermissionsBoundary$: () => (/* reexport */ PutUserPermissionsBoundary$),
  PutUserPermissionsBoundaryCommand: () => (/* reexport */ PutUserPermissionsBoundaryCommand),
  PutUserPermissionsBoundaryRequest$: () => (/* reexport */ PutUserPermissionsBoundaryRequest$),
  PutUserPolicy$: () => (/* reexport */ PutUserPolicy$),
  PutUserPolicyCommand: () => (/* reexport */ PutUserPolicyCommand),
  PutUserPolicyRequest$: () => (/* reexport */ PutUserPolicyRequest$),
  RejectDelegationRequest$: () => (/* reexport */ RejectDelegationRequest$),
  RejectDelegationRequestCommand: () => (/* reexport */ RejectDelegationRequestCommand),
  RejectDelegationRequestRequest$: () => (/* reexport */ RejectDelegationRequestRequest$),
  RemoveClientIDFromOpenIDConnectProvider$: () => (/* reexport */ RemoveClientIDFromOpenIDConnectProvider$),
  RemoveClientIDFromOpenIDConnectProviderCommand: () => (/* reexport */ RemoveClientIDFromOpenIDConnectProviderCommand),
  RemoveClientIDFromOpenIDConnectProviderRequest$: () => (/* reexport */ RemoveClientIDFromOpenIDConnectProviderRequest$),
  RemoveRoleFromInstanceProfile$: () => (/* reexport */ RemoveRoleFromInstanceProfile$),
  RemoveRoleFromInstanceProfileCommand: () => (/* reexport */ RemoveRoleFromInstanceProfileCommand),
  RemoveRoleFromInstanceProfileRequest$: () => (/* reexport */ RemoveRoleFromInstanceProfileRequest$),
  RemoveUserFromGroup$: () => (/* reexport */ RemoveUserFromGroup$),
  RemoveUserFromGroupCommand: () => (/* reexport */ RemoveUserFromGroupCommand),
  RemoveUserFromGroupRequest$: () => (/* reexport */ RemoveUserFromGroupRequest$),
  ReplacementValueEntry$: () => (/* reexport */ ReplacementValueEntry$),
  ReportFormatType: () => (/* reexport */ ReportFormatType),
  ReportGenerationLimitExceededException: () => (/* reexport */ ReportGenerationLimitExceededException),
  ReportGenerationLimitExceededException$: () => (/* reexport */ ReportGenerationLimitExceededException$),
  ReportStateType: () => (/* reexport */ ReportStateType),
  ResetServiceSpecificCredential$: () => (/* reexport */ ResetServiceSpecificCredential$),
  ResetServiceSpecificCredentialCommand: () => (/* reexport */ ResetServiceSpecificCredentialCommand),
  ResetServiceSpecificCredentialRequest$: () => (/* reexport */ ResetServiceSpecificCredentialRequest$),
  ResetServiceSpecificCredentialResponse$: () => (/* reexport */ ResetServiceSpecificCredentialResponse$),
  ResourceSpecificResult$: () => (/* reexport */ ResourceSpecificResult$),
  ResyncMFADevice$: () => (/* reexport */ ResyncMFADevice$),
  ResyncMFADeviceCommand: () => (/* reexport */ ResyncMFADeviceCommand),
  ResyncMFADeviceRequest$: () => (/* reexport */ ResyncMFADeviceRequest$),
  Role$: () => (/* reexport */ Role$),
  RoleDetail$: () => (/* reexport */ RoleDetail$),
  RoleLastUsed$: () => (/* reexport */ RoleLastUsed$),
  RoleModifiedException: () => (/* reexport */ RoleModifiedException),
  RoleModifiedException$: () => (/* reexport */ RoleModifiedException$),
  RoleTemplateDisabledException: () => (/* reexport */ RoleTemplateDisabledException),
  RoleTemplateDisabledException$: () => (/* reexport */ RoleTemplateDisabledException$),
  RoleTemplateVersion$: () => (/* reexport */ RoleTemplateVersion$),
  RoleUsageType$: () => (/* reexport */ RoleUsageType$),
  SAMLPrivateKey$: () => (/* reexport */ SAMLPrivateKey$),
  SAMLProviderListEntry$: () => (/* reexport */ SAMLProviderListEntry$),
  SSHPublicKey$: () => (/* reexport */ SSHPublicKey$),
  SSHPublicKeyMetadata$: () => (/* reexport */ SSHPublicKeyMetadata$),
  SendDelegationToken$: () => (/* reexport */ SendDelegationToken$),
  SendDelegationTokenCommand: () => (/* reexport */ SendDelegationTokenCommand),
  SendDelegationTokenRequest$: () => (/* reexport */ SendDelegationTokenRequest$),
  ServerCertificate$: () => (/* reexport */ ServerCertificate$),
  ServerCertificateMetadata$: () => (/* reexport */ ServerCertificateMetadata$),
  ServiceAccessNotEnabledException: () => (/* reexport */ ServiceAccessNotEnabledException),
  ServiceAccessNotEnabledException$: () => (/* reexport */ ServiceAccessNotEnabledException$),
  ServiceFailureException: () => (/* reexport */ ServiceFailureException),
  ServiceFailureException$: () => (/* reexport */ ServiceFailureException$),
  ServiceLastAccessed$: () => (/* reexport */ ServiceLastAccessed$),
  ServiceNotSupportedException: () => (/* reexport */ ServiceNotSupportedException),
  ServiceNotSupportedException$: () => (/* reexport */ ServiceNotSupportedException$),
  ServiceSpecificCredential$: () => (/* reexport */ ServiceSpecificCredential$),
  ServiceSpecificCredentialMetadata$: () => (/* reexport */ ServiceSpecificCredentialMetadata$),
  SetDefaultPolicyVersion$: () => (/* reexport */ SetDefaultPolicyVersion$),
  SetDefaultPolicyVersionCommand: () => (/* reexport */ SetDefaultPolicyVersionCommand),
  SetDefaultPolicyVersionRequest$: () => (/* reexport */ SetDefaultPolicyVersionRequest$),
  SetSecurityTokenServicePreferences$: () => (/* reexport */ SetSecurityTokenServicePreferences$),
  SetSecurityTokenServicePreferencesCommand: () => (/* reexport */ SetSecurityTokenServicePreferencesCommand),
  SetSecurityTokenServicePreferencesRequest$: () => (/* reexport */ SetSecurityTokenServicePreferencesRequest$),
  SigningCertificate$: () => (/* reexport */ SigningCertificate$),
  SimulateCustomPolicy$: () => (/* reexport */ SimulateCustomPolicy$),
  SimulateCustomPolicyCommand: () => (/* reexport */ SimulateCustomPolicyCommand),
  SimulateCustomPolicyRequest$: () => (/* reexport */ SimulateCustomPolicyRequest$),
  SimulatePolicyResponse$: () => (/* reexport */ SimulatePolicyResponse$),
  SimulatePrincipalPolicy$: () => (/* reexport */ SimulatePrincipalPolicy$),
  SimulatePrincipalPolicyCommand: () => (/* reexport */ SimulatePrincipalPolicyCommand),
  SimulatePrincipalPolicyRequest$: () => (/* reexport */ SimulatePrincipalPolicyRequest$),
  SortKeyType: () => (/* reexport */ SortKeyType),
  SourceRoleTemplate$: () => (/* reexport */ SourceRoleTemplate$),
  StateType: () => (/* reexport */ StateType),
  Statement$: () => (/* reexport */ Statement$),
  StatusType: () => (/* reexport */ StatusType),
  SummaryKeyType: () => (/* reexport */ SummaryKeyType),
  SummaryStateType: () => (/* reexport */ SummaryStateType),
  Tag$: () => (/* reexport */ Tag$),
  TagInstanceProfile$: () => (/* reexport */ TagInstanceProfile$),
  TagInstanceProfileCommand: () => (/* reexport */ TagInstanceProfileCommand),
  TagInstanceProfileRequest$: () => (/* reexport */ TagInstanceProfileRequest$),
  TagMFADevice$: () => (/* reexport */ TagMFADevice$),
  TagMFADeviceCommand: () => (/* reexport */ TagMFADeviceCommand),
  TagMFADeviceRequest$: () => (/* reexport */ TagMFADeviceRequest$),
  TagOpenIDConnectProvider$: () => (/* reexport */ TagOpenIDConnectProvider$),
  TagOpenIDConnectProviderCommand: () => (/* reexport */ TagOpenIDConnectProviderCommand),
  TagOpenIDConnectProviderRequest$: () => (/* reexport */ TagOpenIDConnectProviderRequest$),
  TagPolicy$: () => (/* reexport */ TagPolicy$),
  TagPolicyCommand: () => (/* reexport */ TagPolicyCommand),
  TagPolicyRequest$: () => (/* reexport */ TagPolicyRequest$),
  TagRole$: () => (/* reexport */ TagRole$),
  TagRoleCommand: () => (/* reexport */ TagRoleCommand),
  TagRoleRequest$: () => (/* reexport */ TagRoleRequest$),
  TagSAMLProvider$: () => (/* reexport */ TagSAMLProvider$),
  TagSAMLProviderCommand: () => (/* reexport */ TagSAMLProviderCommand),
  TagSAMLProviderRequest$: () => (/* reexport */ TagSAMLProviderRequest$),
  TagServerCertificate$: () => (/* reexport */ TagServerCertificate$),
  TagServerCertificateCommand: () => (/* reexport */ TagServerCertificateCommand),
  TagServerCertificateRequest$: () => (/* reexport */ TagServerCertificateRequest$),
  TagTemplate$: () => (/* reexport */ TagTemplate$),
  TagUser$: () => (/* reexport */ TagUser$),
  TagUserCommand: () => (/* reexport */ TagUserCommand),
  TagUserRequest$: () => (/* reexport */ TagUserRequest$),
  TrackedActionLastAccessed$: () => (/* reexport */ TrackedActionLastAccessed$),
  UnmodifiableEntityException: () => (/* reexport */ UnmodifiableEntityException),
  UnmodifiableEntityException$: () => (/* reexport */ UnmodifiableEntityException$),
  UnrecognizedPublicKeyEncodingException: () => (/* reexport */ UnrecognizedPublicKeyEncodingException),
  UnrecognizedPublicKeyEncodingException$: () => (/* reexport */ UnrecognizedPublicKeyEncodingException$),
  UntagInstanceProfile$: () => (/* reexport */ UntagInstanceProfile$),
  UntagInstanceProfileCommand: () => (/* reexport */ UntagInstanceProfileCommand),
  UntagInstanceProfileRequest$: () => (/* reexport */ UntagInstanceProfileRequest$),
  UntagMFADevice$: () => (/* reexport */ UntagMFADevice$),
  UntagMFADeviceCommand: () => (/* reexport */ UntagMFADeviceCommand),
  UntagMFADeviceRequest$: () => (/* reexport */ UntagMFADeviceRequest$),
  UntagOpenIDConnectProvider$: () => (/* reexport */ UntagOpenIDConnectProvider$),
  UntagOpenIDConnectProviderCommand: () => (/* reexport */ UntagOpenIDConnectProviderCommand),
  UntagOpenIDConnectProviderRequest$: () => (/* reexport */ UntagOpenIDConnectProviderRequest$),
  UntagPolicy$: () => (/* reexport */ UntagPolicy$),
  UntagPolicyCommand: () => (/* reexport */ UntagPolicyCommand),
  UntagPolicyRequest$: () => (/* reexport */ UntagPolicyRequest$),
  UntagRole$: () => (/* reexport */ UntagRole$),
  UntagRoleCommand: () => (/* reexport */ UntagRoleCommand),
  UntagRoleRequest$: () => (/* reexport */ UntagRoleRequest$),
  UntagSAMLProvider$: () => (/* reexport */ UntagSAMLProvider$),
  UntagSAMLProviderCommand: () => (/* reexport */ UntagSAMLProviderCommand),
  UntagSAMLProviderRequest$: () => (/* reexport */ UntagSAMLProviderRequest$),
  UntagServerCertificate$: () => (/* reexport */ UntagServerCertificate$),
  UntagServerCertificateCommand: () => (/* reexport */ UntagServerCertificateCommand),
  UntagServerCertificateRequest$: () => (/* reexport */ UntagServerCertificateRequest$),
  UntagUser$: () => (/* reexport */ UntagUser$),
  UntagUserCommand: () => (/* reexport */ UntagUserCommand),
  UntagUserRequest$: () => (/* reexport */ UntagUserRequest$),
  UpdateAccessKey$: () => (/* reexport */ UpdateAccessKey$),
  UpdateAccessKeyCommand: () => (/* reexport */ UpdateAccessKeyCommand),
  UpdateAccessKeyRequest$: () => (/* reexport */ UpdateAccessKeyRequest$),
  UpdateAccountPasswordPolicy$: () => (/* reexport */ UpdateAccountPasswordPolicy$),
  UpdateAccountPasswordPolicyCommand: () => (/* reexport */ UpdateAccountPasswordPolicyCommand),
  UpdateAccountPasswordPolicyRequest$: () => (/* reexport */ UpdateAccountPasswordPolicyRequest$),
  UpdateAssumeRolePolicy$: () => (/* reexport */ UpdateAssumeRolePolicy$),
  UpdateAssumeRolePolicyCommand: () => (/* reexport */ UpdateAssumeRolePolicyCommand),
  UpdateAssumeRolePolicyRequest$: () => (/* reexport */ UpdateAssumeRolePolicyRequest$),
  UpdateDelegationRequest$: () => (/* reexport */ UpdateDelegationRequest$),
  UpdateDelegationRequestCommand: () => (/* reexport */ UpdateDelegationRequestCommand),
  UpdateDelegationRequestRequest$: () => (/* reexport */ UpdateDelegationRequestRequest$),
  UpdateGroup$: () => (/* reexport */ UpdateGroup$),
  UpdateGroupCommand: () => (/* reexport */ UpdateGroupCommand),
  UpdateGroupRequest$: () => (/* reexport */ UpdateGroupRequest$),
  UpdateLoginProfile$: () => (/* reexport */ UpdateLoginProfile$),
  UpdateLoginProfileCommand: () => (/* reexport */ UpdateLoginProfileCommand),
  UpdateLoginProfileRequest$: () => (/* reexport */ UpdateLoginProfileRequest$),
  UpdateOpenIDConnectProviderThumbprint$: () => (/* reexport */ UpdateOpenIDConnectProviderThumbprint$),
  UpdateOpenIDConnectProviderThumbprintCommand: () => (/* reexport */ UpdateOpenIDConnectProviderThumbprintCommand),
  UpdateOpenIDConnectProviderThumbprintRequest$: () => (/* reexport */ UpdateOpenIDConnectProviderThumbprintRequest$),
  UpdateRole$: () => (/* reexport */ UpdateRole$),
  UpdateRoleCommand: () => (/* reexport */ UpdateRoleCommand),
  UpdateRoleDescription$: () => (/* reexport */ UpdateRoleDescription$),
  UpdateRoleDescriptionCommand: () => (/* reexport */ UpdateRoleDescriptionCommand),
  UpdateRoleDescriptionRequest$: () => (/* reexport */ UpdateRoleDescriptionRequest$),
  UpdateRoleDescriptionResponse$: () => (/* reexport */ UpdateRoleDescriptionResponse$),
  UpdateRoleRequest$: () => (/* reexport */ UpdateRoleRequest$),
  UpdateRoleResponse$: () => (/* reexport */ UpdateRoleResponse$),
  UpdateSAMLProvider$: () => (/* reexport */ UpdateSAMLProvider$),
  UpdateSAMLProviderCommand: () => (/* reexport */ UpdateSAMLProviderCommand),
  UpdateSAMLProviderRequest$: () => (/* reexport */ UpdateSAMLProviderRequest$),
  UpdateSAMLProviderResponse$: () => (/* reexport */ UpdateSAMLProviderResponse$),
  UpdateSSHPublicKey$: () => (/* reexport */ UpdateSSHPublicKey$),
  UpdateSSHPublicKeyCommand: () => (/* reexport */ UpdateSSHPublicKeyCommand),
  UpdateSSHPublicKeyRequest$: () => (/* reexport */ UpdateSSHPublicKeyRequest$),
  UpdateServerCertificate$: () => (/* reexport */ UpdateServerCertificate$),
  UpdateServerCertificateCommand: () => (/* reexport */ UpdateServerCertificateCommand),
  UpdateServerCertificateRequest$: () => (/* reexport */ UpdateServerCertificateRequest$),
  UpdateServiceSpecificCredential$: () => (/* reexport */ UpdateServiceSpecificCredential$),
  UpdateServiceSpecificCredentialCommand: () => (/* reexport */ UpdateServiceSpecificCredentialCommand),
  UpdateServiceSpecificCredentialRequest$: () => (/* reexport */ UpdateServiceSpecificCredentialRequest$),
  UpdateSigningCertificate$: () => (/* reexport */ UpdateSigningCertificate$),
  UpdateSigningCertificateCommand: () => (/* reexport */ UpdateSigningCertificateCommand),
  UpdateSigningCertificateRequest$: () => (/* reexport */ UpdateSigningCertificateRequest$),
  UpdateUser$: () => (/* reexport */ UpdateUser$),
  UpdateUserCommand: () => (/* reexport */ UpdateUserCommand),
  UpdateUserRequest$: () => (/* reexport */ UpdateUserRequest$),
  UploadSSHPublicKey$: () => (/* reexport */ UploadSSHPublicKey$),
  UploadSSHPublicKeyCommand: () => (/* reexport */ UploadSSHPublicKeyCommand),
  UploadSSHPublicKeyRequest$: () => (/* reexport */ UploadSSHPublicKeyRequest$),
  UploadSSHPublicKeyResponse$: () => (/* reexport */ UploadSSHPublicKeyResponse$),
  UploadServerCertificate$: () => (/* reexport */ UploadServerCertificate$),
  UploadServerCertificateCommand: () => (/* reexport */ UploadServerCertificateCommand),
  UploadServerCertificateRequest$: () => (/* reexport */ UploadServerCertificateRequest$),
  UploadServerCertificateResponse$: () => (/* reexport */ UploadServerCertificateResponse$),
  UploadSigningCertificate$: () => (/* reexport */ UploadSigningCertificate$),
  UploadSigningCertificateCommand: () => (/* reexport */ UploadSigningCertificateCommand),
  UploadSigningCertificateRequest$: () => (/* reexport */ UploadSigningCertificateRequest$),
  UploadSigningCertificateResponse$: () => (/* reexport */ UploadSigningCertificateResponse$),
  User$: () => (/* reexport */ User$),
  UserDetail$: () => (/* reexport */ UserDetail$),
  VirtualMFADevice$: () => (/* reexport */ VirtualMFADevice$),
  __Client: () => (/* reexport */ client/* Client */.K),
  errorTypeRegistries: () => (/* reexport */ errorTypeRegistries),
  paginateGetAccountAuthorizationDetails: () => (/* reexport */ paginateGetAccountAuthorizationDetails),
  paginateGetGroup: () => (/* reexport */ paginateGetGroup),
  paginateListAccessKeys: () => (/* reexport */ paginateListAccessKeys),
  paginateListAccountAliases: () => (/* reexport */ paginateListAccountAliases),
  paginateListAttachedGroupPolicies: () => (/* reexport */ paginateListAttachedGroupPolicies),
  paginateListAttachedRolePolicies: () => (/* reexport */ paginateListAttachedRolePolicies),
  paginateListAttachedUserPolicies: () => (/* reexport */ paginateListAttachedUserPolicies),
  paginateListEntitiesForPolicy: () => (/* reexport */ paginateListEntitiesForPolicy),
  paginateListGroupPolicies: () => (/* reexport */ paginateListGroupPolicies),
  paginateListGroups: () => (/* reexport */ paginateListGroups),
  paginateListGroupsForUser: () => (/* reexport */ paginateListGroupsForUser),
  paginateListInstanceProfileTags: () => (/* reexport */ paginateListInstanceProfileTags),
  paginateListInstanceProfiles: () => (/* reexport */ paginateListInstanceProfiles),
  paginateListInstanceProfilesForRole: () => (/* reexport */ paginateListInstanceProfilesForRole),
  paginateListMFADeviceTags: () => (/* reexport */ paginateListMFADeviceTags),
  paginateListMFADevices: () => (/* reexport */ paginateListMFADevices),
  paginateListOpenIDConnectProviderTags: () => (/* reexport */ paginateListOpenIDConnectProviderTags),
  paginateListPolicies: () => (/* reexport */ paginateListPolicies),
  paginateListPolicyTags: () => (/* reexport */ paginateListPolicyTags),
  paginateListPolicyVersions: () => (/* reexport */ paginateListPolicyVersions),
  paginateListRolePolicies: () => (/* reexport */ paginateListRolePolicies),
  paginateListRoleTags: () => (/* reexport */ paginateListRoleTags),
  paginateListRoles: () => (/* reexport */ paginateListRoles),
  paginateListSAMLProviderTags: () => (/* reexport */ paginateListSAMLProviderTags),
  paginateListSSHPublicKeys: () => (/* reexport */ paginateListSSHPublicKeys),
  paginateListServerCertificateTags: () => (/* reexport */ paginateListServerCertificateTags),
  paginateListServerCertificates: () => (/* reexport */ paginateListServerCertificates),
  paginateListSigningCertificates: () => (/* reexport */ paginateListSigningCertificates),
  paginateListUserPolicies: () => (/* reexport */ paginateListUserPolicies),
  paginateListUserTags: () => (/* reexport */ paginateListUserTags),
  paginateListUsers: () => (/* reexport */ paginateListUsers),
  paginateListVirtualMFADevices: () => (/* reexport */ paginateListVirtualMFADevices),
  paginateSimulateCustomPolicy: () => (/* reexport */ paginateSimulateCustomPolicy),
  paginateSimulatePrincipalPolicy: () => (/* reexport */ paginateSimulatePrincipalPolicy),
  waitForInstanceProfileExists: () => (/* reexport */ waitForInstanceProfileExists),
  waitForPolicyExists: () => (/* reexport */ waitForPolicyExists),
  waitForRoleExists: () => (/* reexport */ waitForRoleExists),
  waitForUserExists: () => (/* reexport */ waitForUserExists),
  waitUntilInstanceProfileExists: () => (/* reexport */ waitUntilInstanceProfileExists),
  waitUntilPolicyExists: () => (/* reexport */ waitUntilPolicyExists),
  waitUntilRoleExists: () => (/* reexport */ waitUntilRoleExists),
  waitUntilUserExists: () => (/* reexport */ waitUntilUserExists)
});

// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/configurations.js
var configurations = __webpack_require__(66868);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-host-header/hostHeaderMiddleware.js
var hostHeaderMiddleware = __webpack_require__(54405);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/user-agent-middleware.js + 4 modules
var user_agent_middleware = __webpack_require__(35424);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js
var loggerMiddleware = __webpack_require__(41478);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/getRecursionDetectionPlugin.js + 2 modules
var getRecursionDetectionPlugin = __webpack_require__(92713);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-auth-scheme/getHttpAuthSchemeEndpointRuleSetPlugin.js + 2 modules
var getHttpAuthSchemeEndpointRuleSetPlugin = __webpack_require__(57579);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/legacy-root-exports/util-identity-and-auth/DefaultIdentityProviderConfig.js
var DefaultIdentityProviderConfig = __webpack_require__(29688);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-signing/getHttpSigningMiddleware.js + 1 modules
var getHttpSigningMiddleware = __webpack_require__(42841);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/client.js
var client = __webpack_require__(67860);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/resolveRegionConfig.js + 3 modules
var resolveRegionConfig = __webpack_require__(29053);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/endpoints/index.js + 6 modules
var endpoints = __webpack_require__(27926);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/protocols/middleware-content-length/contentLengthMiddleware.js
var contentLengthMiddleware = __webpack_require__(37979);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/configurations.js + 6 modules
var middleware_retry_configurations = __webpack_require__(40478);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/retry/index.js + 5 modules
var retry = __webpack_require__(20868);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/schema/middleware/getSchemaSerdePlugin.js + 3 modules
var getSchemaSerdePlugin = __webpack_require__(36979);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/index.js + 4 modules
var httpAuthSchemes = __webpack_require__(74631);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/transport/getSmithyContext.js
var getSmithyContext = __webpack_require__(83753);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/transport/normalizeProvider.js
var normalizeProvider = __webpack_require__(44876);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/auth/httpAuthSchemeProvider.js


const defaultIAMHttpAuthSchemeParametersProvider = async (config, context, input) => {
    return {
        operation: (0,getSmithyContext/* getSmithyContext */.u)(context).operation,
        region: await (0,normalizeProvider/* normalizeProvider */.t)(config.region)() || (() => {
            throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
        })(),
    };
};
function createAwsAuthSigv4HttpAuthOption(authParameters) {
    return {
        schemeId: "aws.auth#sigv4",
        signingProperties: {
            name: "iam",
            region: authParameters.region,
        },
        propertiesExtractor: (config, context) => ({
            signingProperties: {
                config,
                context,
            },
        }),
    };
}
const defaultIAMHttpAuthSchemeProvider = (authParameters) => {
    const options = [];
    switch (authParameters.operation) {
        default: {
            options.push(createAwsAuthSigv4HttpAuthOption(authParameters));
        }
    }
    return options;
};
const resolveHttpAuthSchemeConfig = (config) => {
    const config_0 = (0,httpAuthSchemes/* resolveAwsSdkSigV4Config */.ho)(config);
    return Object.assign(config_0, {
        authSchemePreference: (0,normalizeProvider/* normalizeProvider */.t)(config.authSchemePreference ?? []),
    });
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters = (options) => {
    return Object.assign(options, {
        useDualstackEndpoint: options.useDualstackEndpoint ?? false,
        useFipsEndpoint: options.useFipsEndpoint ?? false,
        defaultSigningName: "iam",
    });
};
const commonParams = {
    UseFIPS: { type: "builtInParams", name: "useFipsEndpoint" },
    Endpoint: { type: "builtInParams", name: "endpoint" },
    Region: { type: "builtInParams", name: "region" },
    UseDualStack: { type: "builtInParams", name: "useDualstackEndpoint" },
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/package.json
const package_namespaceObject = {"rE":"3.1169.0"};
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js
var emitWarningIfUnsupportedVersion = __webpack_require__(88739);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/getDefaultSocketTimeout.js
var getDefaultSocketTimeout = __webpack_require__(84351);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/defaultUserAgent.js + 4 modules
var defaultUserAgent = __webpack_require__(17303);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/nodeAppIdConfigOptions.js
var nodeAppIdConfigOptions = __webpack_require__(9670);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/NODE_AUTH_SCHEME_PREFERENCE_OPTIONS.js + 2 modules
var NODE_AUTH_SCHEME_PREFERENCE_OPTIONS = __webpack_require__(98898);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/credential-provider-node/dist-es/defaultProvider.js + 2 modules
var defaultProvider = __webpack_require__(21956);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/emitWarningIfUnsupportedVersion.js
var smithy_client_emitWarningIfUnsupportedVersion = __webpack_require__(23816);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/defaults-mode.js
var defaults_mode = __webpack_require__(67613);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/config/defaults-mode/resolveDefaultsModeConfig.js + 1 modules
var resolveDefaultsModeConfig = __webpack_require__(45412);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/configLoader.js + 5 modules
var configLoader = __webpack_require__(73559);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/config.js
var regionConfig_config = __webpack_require__(60446);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/config/config-resolver/endpointsConfig/NodeUseDualstackEndpointConfigOptions.js
var NodeUseDualstackEndpointConfigOptions = __webpack_require__(92766);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/config/config-resolver/endpointsConfig/NodeUseFipsEndpointConfigOptions.js
var NodeUseFipsEndpointConfigOptions = __webpack_require__(14824);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/retry/util-retry/config.js
var util_retry_config = __webpack_require__(69903);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/serde/util-body-length/calculateBodyLength.js
var calculateBodyLength = __webpack_require__(92149);
// EXTERNAL MODULE: ../node_modules/@smithy/node-http-handler/dist-es/node-http-handler.js + 11 modules
var node_http_handler = __webpack_require__(90018);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/serde/util-stream/stream-collector.js
var stream_collector = __webpack_require__(85606);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/AwsSdkSigV4Signer.js + 2 modules
var AwsSdkSigV4Signer = __webpack_require__(9752);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/AwsQueryProtocol.js + 7 modules
var AwsQueryProtocol = __webpack_require__(85908);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/checksum/sha256/Sha256Node.js + 1 modules
var Sha256Node = __webpack_require__(72068);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/NoOpLogger.js
var NoOpLogger = __webpack_require__(80051);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/transport/parseUrl.js + 1 modules
var parseUrl = __webpack_require__(36663);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/serde/util-base64/fromBase64.js
var fromBase64 = __webpack_require__(37022);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/serde/util-base64/toBase64.js
var toBase64 = __webpack_require__(97307);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/fromUtf8.js
var fromUtf8 = __webpack_require__(64574);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUtf8.js
var toUtf8 = __webpack_require__(31787);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/aws.js + 2 modules
var aws = __webpack_require__(21958);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/cache/EndpointCache.js
var EndpointCache = __webpack_require__(54397);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/decideEndpoint.js + 24 modules
var decideEndpoint = __webpack_require__(26467);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/customEndpointFunctions.js
var customEndpointFunctions = __webpack_require__(37228);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/bdd/BinaryDecisionDiagram.js
var BinaryDecisionDiagram = __webpack_require__(52988);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/endpoint/bdd.js

const v = "ref", w = "authSchemes", x = "name", y = "signingRegion";
const a = -1, b = true, c = "isSet", d = "PartitionResult", e = "stringEquals", f = "booleanEquals", g = "getAttr", h = { [v]: "Endpoint" }, i = { "fn": g, "argv": [{ [v]: d }, "name"] }, j = { [v]: d }, k = { [w]: [{ [x]: "sigv4", [y]: "us-east-1" }] }, l = { [w]: [{ [x]: "sigv4", [y]: "cn-north-1" }] }, m = { [w]: [{ [x]: "sigv4", [y]: "us-gov-west-1" }] }, n = { [w]: [{ [x]: "sigv4", [y]: "us-iso-east-1" }] }, o = { [w]: [{ [x]: "sigv4", [y]: "us-isob-east-1" }] }, p = { [w]: [{ [x]: "sigv4", [y]: "eu-isoe-west-1" }] }, q = { [w]: [{ [x]: "sigv4", [y]: "us-isof-south-1" }] }, s = { [w]: [{ [x]: "sigv4", [y]: "eusc-de-east-1" }] }, t = { [w]: [{ [x]: "sigv4", [y]: "{PartitionResult#implicitGlobalRegion}" }] }, u = [{ [v]: "Region" }];
const _data = {
    conditions: [
        [c, [h]],
        [c, u],
        ["aws.partition", u, d],
        [e, [i, "aws"]],
        [e, [i, "aws-cn"]],
        [e, [i, "aws-us-gov"]],
        [e, [i, "aws-iso"]],
        [f, [{ [v]: "UseFIPS" }, b]],
        [f, [{ [v]: "UseDualStack" }, b]],
        [e, [i, "aws-iso-b"]],
        [e, [i, "aws-iso-e"]],
        [e, [i, "aws-iso-f"]],
        [e, [i, "aws-eusc"]],
        [f, [{ fn: g, argv: [j, "supportsDualStack"] }, b]],
        [f, [{ fn: g, argv: [j, "supportsFIPS"] }, b]]
    ],
    results: [
        [a],
        [a, "Invalid Configuration: FIPS and custom endpoint are not supported"],
        [a, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
        [h, {}],
        ["https://iam.amazonaws.com", k],
        ["https://iam-fips.amazonaws.com", k],
        ["https://iam.global.api.aws", k],
        ["https://iam-fips.global.api.aws", k],
        ["https://iam.global.api.amazonwebservices.com.cn", l],
        ["https://iam-fips.api.amazonwebservices.com.cn", l],
        ["https://iam.cn-north-1.amazonaws.com.cn", l],
        ["https://iam-fips.amazonaws.com.cn", l],
        ["https://iam.us-gov.api.aws", m],
        ["https://iam.us-gov.amazonaws.com", m],
        ["https://iam.us-iso-east-1.c2s.ic.gov", n],
        ["https://iam-fips.us-iso-east-1.c2s.ic.gov", n],
        ["https://iam.api.aws.ic.gov", n],
        ["https://iam-fips.api.aws.ic.gov", n],
        ["https://iam.us-isob-east-1.sc2s.sgov.gov", o],
        ["https://iam-fips.us-isob-east-1.sc2s.sgov.gov", o],
        ["https://iam.api.aws.scloud", o],
        ["https://iam-fips.api.aws.scloud", o],
        ["https://iam.eu-isoe-west-1.cloud.adc-e.uk", p],
        ["https://iam-fips.cloud.adc-e.uk", p],
        ["https://iam.api.cloud-aws.adc-e.uk", p],
        ["https://iam-fips.api.cloud-aws.adc-e.uk", p],
        ["https://iam.us-isof-south-1.csp.hci.ic.gov", q],
        ["https://iam-fips.csp.hci.ic.gov", q],
        ["https://iam.api.aws.hci.ic.gov", q],
        ["https://iam-fips.api.aws.hci.ic.gov", q],
        ["https://iam.eusc-de-east-1.amazonaws.eu", s],
        ["https://iam-fips.amazonaws.eu", s],
        ["https://iam.global.api.amazonwebservices.eu", s],
        ["https://iam-fips.api.amazonwebservices.eu", s],
        ["https://iam-fips.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dualStackDnsSuffix}", t],
        [a, "FIPS and DualStack are enabled, but this partition does not support one or both"],
        ["https://iam-fips.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dnsSuffix}", t],
        [a, "FIPS is enabled but this partition does not support FIPS"],
        ["https://iam.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dualStackDnsSuffix}", t],
        [a, "DualStack is enabled but this partition does not support DualStack"],
        ["https://iam.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dnsSuffix}", t],
        [a, "Invalid Configuration: Missing Region"]
    ]
};
const root = 2;
const r = 100_000_000;
const nodes = new Int32Array([
    -1, 1, -1,
    0, 42, 3,
    1, 4, r + 41,
    2, 5, r + 41,
    3, 39, 6,
    4, 36, 7,
    5, 35, 8,
    6, 32, 9,
    7, 20, 10,
    8, 15, 11,
    9, r + 18, 12,
    10, r + 22, 13,
    11, r + 26, 14,
    12, r + 30, r + 40,
    9, r + 20, 16,
    10, r + 24, 17,
    11, r + 28, 18,
    12, r + 32, 19,
    13, r + 38, r + 39,
    8, 26, 21,
    9, r + 19, 22,
    10, r + 23, 23,
    11, r + 27, 24,
    12, r + 31, 25,
    14, r + 36, r + 37,
    9, r + 21, 27,
    10, r + 25, 28,
    11, r + 29, 29,
    12, r + 33, 30,
    13, 31, r + 35,
    14, r + 34, r + 35,
    7, 34, 33,
    8, r + 16, r + 14,
    8, r + 17, r + 15,
    8, r + 12, r + 13,
    7, 38, 37,
    8, r + 8, r + 10,
    8, r + 9, r + 11,
    7, 41, 40,
    8, r + 6, r + 4,
    8, r + 7, r + 5,
    7, r + 1, 43,
    8, r + 2, r + 3,
]);
const bdd = BinaryDecisionDiagram/* BinaryDecisionDiagram */.d.from(nodes, root, _data.conditions, _data.results);

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/endpoint/endpointResolver.js



const cache = new EndpointCache/* EndpointCache */.k({
    size: 50,
    params: ["Endpoint", "Region", "UseDualStack", "UseFIPS"],
});
const defaultEndpointResolver = (endpointParams, context = {}) => {
    return cache.get(endpointParams, () => (0,decideEndpoint/* decideEndpoint */.c)(bdd, {
        endpointParams: endpointParams,
        logger: context.logger,
    }));
};
customEndpointFunctions/* customEndpointFunctions */.m.aws = aws/* awsEndpointFunctions */.U;

// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/schema/TypeRegistry.js
var TypeRegistry = __webpack_require__(19835);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/exceptions.js
var exceptions = __webpack_require__(23441);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/models/IAMServiceException.js


class IAMServiceException extends exceptions/* ServiceException */.T {
    static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.iam#IAMServiceException";
    constructor(options) {
        super(options);
        Object.setPrototypeOf(this, IAMServiceException.prototype);
    }
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/models/errors.js

class ConcurrentModificationException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#ConcurrentModificationException";
    name = "ConcurrentModificationException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "ConcurrentModificationException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, ConcurrentModificationException.prototype);
    }
}
class NoSuchEntityException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#NoSuchEntityException";
    name = "NoSuchEntityException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "NoSuchEntityException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, NoSuchEntityException.prototype);
    }
}
class ServiceFailureException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#ServiceFailureException";
    name = "ServiceFailureException";
    $fault = "server";
    constructor(opts) {
        super({
            name: "ServiceFailureException",
            $fault: "server",
            ...opts,
        });
        Object.setPrototypeOf(this, ServiceFailureException.prototype);
    }
}
class AccountNotManagementOrDelegatedAdministratorException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#AccountNotManagementOrDelegatedAdministratorException";
    name = "AccountNotManagementOrDelegatedAdministratorException";
    $fault = "client";
    Message;
    constructor(opts) {
        super({
            name: "AccountNotManagementOrDelegatedAdministratorException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, AccountNotManagementOrDelegatedAdministratorException.prototype);
        this.Message = opts.Message;
    }
}
class EntityAlreadyExistsException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#EntityAlreadyExistsException";
    name = "EntityAlreadyExistsException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "EntityAlreadyExistsException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, EntityAlreadyExistsException.prototype);
    }
}
class InvalidInputException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#InvalidInputException";
    name = "InvalidInputException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "InvalidInputException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, InvalidInputException.prototype);
    }
}
class LimitExceededException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#LimitExceededException";
    name = "LimitExceededException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "LimitExceededException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, LimitExceededException.prototype);
    }
}
class MalformedPolicyDocumentException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#MalformedPolicyDocumentException";
    name = "MalformedPolicyDocumentException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "MalformedPolicyDocumentException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, MalformedPolicyDocumentException.prototype);
    }
}
class NameConflictException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#NameConflictException";
    name = "NameConflictException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "NameConflictException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, NameConflictException.prototype);
    }
}
class RoleModifiedException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#RoleModifiedException";
    name = "RoleModifiedException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "RoleModifiedException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, RoleModifiedException.prototype);
    }
}
class RoleTemplateDisabledException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#RoleTemplateDisabledException";
    name = "RoleTemplateDisabledException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "RoleTemplateDisabledException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, RoleTemplateDisabledException.prototype);
    }
}
class UnmodifiableEntityException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#UnmodifiableEntityException";
    name = "UnmodifiableEntityException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "UnmodifiableEntityException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, UnmodifiableEntityException.prototype);
    }
}
class PolicyNotAttachableException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#PolicyNotAttachableException";
    name = "PolicyNotAttachableException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "PolicyNotAttachableException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, PolicyNotAttachableException.prototype);
    }
}
class EntityTemporarilyUnmodifiableException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#EntityTemporarilyUnmodifiableException";
    name = "EntityTemporarilyUnmodifiableException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "EntityTemporarilyUnmodifiableException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, EntityTemporarilyUnmodifiableException.prototype);
    }
}
class InvalidUserTypeException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#InvalidUserTypeException";
    name = "InvalidUserTypeException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "InvalidUserTypeException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, InvalidUserTypeException.prototype);
    }
}
class PasswordPolicyViolationException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#PasswordPolicyViolationException";
    name = "PasswordPolicyViolationException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "PasswordPolicyViolationException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, PasswordPolicyViolationException.prototype);
    }
}
class OpenIdIdpCommunicationErrorException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#OpenIdIdpCommunicationErrorException";
    name = "OpenIdIdpCommunicationErrorException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "OpenIdIdpCommunicationErrorException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, OpenIdIdpCommunicationErrorException.prototype);
    }
}
class ServiceNotSupportedException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#ServiceNotSupportedException";
    name = "ServiceNotSupportedException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "ServiceNotSupportedException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, ServiceNotSupportedException.prototype);
    }
}
class DeleteConflictException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#DeleteConflictException";
    name = "DeleteConflictException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "DeleteConflictException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, DeleteConflictException.prototype);
    }
}
class OrganizationNotFoundException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#OrganizationNotFoundException";
    name = "OrganizationNotFoundException";
    $fault = "client";
    Message;
    constructor(opts) {
        super({
            name: "OrganizationNotFoundException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, OrganizationNotFoundException.prototype);
        this.Message = opts.Message;
    }
}
class OrganizationNotInAllFeaturesModeException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#OrganizationNotInAllFeaturesModeException";
    name = "OrganizationNotInAllFeaturesModeException";
    $fault = "client";
    Message;
    constructor(opts) {
        super({
            name: "OrganizationNotInAllFeaturesModeException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, OrganizationNotInAllFeaturesModeException.prototype);
        this.Message = opts.Message;
    }
}
class ServiceAccessNotEnabledException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#ServiceAccessNotEnabledException";
    name = "ServiceAccessNotEnabledException";
    $fault = "client";
    Message;
    constructor(opts) {
        super({
            name: "ServiceAccessNotEnabledException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, ServiceAccessNotEnabledException.prototype);
        this.Message = opts.Message;
    }
}
class FeatureDisabledException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#FeatureDisabledException";
    name = "FeatureDisabledException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "FeatureDisabledException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, FeatureDisabledException.prototype);
    }
}
class InvalidAuthenticationCodeException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#InvalidAuthenticationCodeException";
    name = "InvalidAuthenticationCodeException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "InvalidAuthenticationCodeException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, InvalidAuthenticationCodeException.prototype);
    }
}
class CallerIsNotManagementAccountException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#CallerIsNotManagementAccountException";
    name = "CallerIsNotManagementAccountException";
    $fault = "client";
    Message;
    constructor(opts) {
        super({
            name: "CallerIsNotManagementAccountException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, CallerIsNotManagementAccountException.prototype);
        this.Message = opts.Message;
    }
}
class FeatureEnabledException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#FeatureEnabledException";
    name = "FeatureEnabledException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "FeatureEnabledException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, FeatureEnabledException.prototype);
    }
}
class ReportGenerationLimitExceededException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#ReportGenerationLimitExceededException";
    name = "ReportGenerationLimitExceededException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "ReportGenerationLimitExceededException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, ReportGenerationLimitExceededException.prototype);
    }
}
class CredentialReportExpiredException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#CredentialReportExpiredException";
    name = "CredentialReportExpiredException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "CredentialReportExpiredException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, CredentialReportExpiredException.prototype);
    }
}
class CredentialReportNotPresentException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#CredentialReportNotPresentException";
    name = "CredentialReportNotPresentException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "CredentialReportNotPresentException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, CredentialReportNotPresentException.prototype);
    }
}
class CredentialReportNotReadyException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#CredentialReportNotReadyException";
    name = "CredentialReportNotReadyException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "CredentialReportNotReadyException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, CredentialReportNotReadyException.prototype);
    }
}
class UnrecognizedPublicKeyEncodingException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#UnrecognizedPublicKeyEncodingException";
    name = "UnrecognizedPublicKeyEncodingException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "UnrecognizedPublicKeyEncodingException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, UnrecognizedPublicKeyEncodingException.prototype);
    }
}
class PolicyEvaluationException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#PolicyEvaluationException";
    name = "PolicyEvaluationException";
    $fault = "server";
    constructor(opts) {
        super({
            name: "PolicyEvaluationException",
            $fault: "server",
            ...opts,
        });
        Object.setPrototypeOf(this, PolicyEvaluationException.prototype);
    }
}
class KeyPairMismatchException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#KeyPairMismatchException";
    name = "KeyPairMismatchException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "KeyPairMismatchException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, KeyPairMismatchException.prototype);
    }
}
class MalformedCertificateException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#MalformedCertificateException";
    name = "MalformedCertificateException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "MalformedCertificateException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, MalformedCertificateException.prototype);
    }
}
class DuplicateCertificateException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#DuplicateCertificateException";
    name = "DuplicateCertificateException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "DuplicateCertificateException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, DuplicateCertificateException.prototype);
    }
}
class InvalidCertificateException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#InvalidCertificateException";
    name = "InvalidCertificateException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "InvalidCertificateException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, InvalidCertificateException.prototype);
    }
}
class DuplicateSSHPublicKeyException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#DuplicateSSHPublicKeyException";
    name = "DuplicateSSHPublicKeyException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "DuplicateSSHPublicKeyException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, DuplicateSSHPublicKeyException.prototype);
    }
}
class InvalidPublicKeyException extends IAMServiceException {
    static shapeId = "com.amazonaws.iam#InvalidPublicKeyException";
    name = "InvalidPublicKeyException";
    $fault = "client";
    constructor(opts) {
        super({
            name: "InvalidPublicKeyException",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, InvalidPublicKeyException.prototype);
    }
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/schemas/schemas_0.js
const _A = "Arn";
const _AA = "AccountAlias";
const _AAc = "AccountAliases";
const _ABO = "AllowedByOrganizations";
const _ABPB = "AllowedByPermissionsBoundary";
const _AC = "AuthenticationCode1";
const _ACIDTOIDCP = "AddClientIDToOpenIDConnectProvider";
const _ACIDTOIDCPR = "AddClientIDToOpenIDConnectProviderRequest";
const _ACt = "AttachmentCount";
const _ACu = "AuthenticationCode2";
const _AD = "AccessDetail";
const _ADR = "AcceptDelegationRequest";
const _ADRR = "AcceptDelegationRequestRequest";
const _ADRRs = "AssociateDelegationRequestRequest";
const _ADRs = "AssociateDelegationRequest";
const _ADc = "AccessDetails";
const _AEM = "AssertionEncryptionMode";
const _AGP = "AttachGroupPolicy";
const _AGPR = "AttachGroupPolicyRequest";
const _AI = "ApproverId";
const _AK = "AccessKey";
const _AKI = "AccessKeyId";
const _AKLU = "AccessKeyLastUsed";
const _AKM = "AccessKeyMetadata";
const _AMP = "AttachedManagedPolicies";
const _AN = "AttachmentName";
const _ANMODAE = "AccountNotManagementOrDelegatedAdministratorException";
const _ANc = "ActionNames";
const _ANct = "ActionName";
const _AP = "AttachedPolicy";
const _APB = "AttachedPermissionsBoundary";
const _APK = "AddPrivateKey";
const _APt = "AttachedPolicies";
const _AR = "AcquireRole";
const _ARP = "AttachRolePolicy";
const _ARPD = "AssumeRolePolicyDocument";
const _ARPDT = "AssumeRolePolicyDocumentTemplate";
const _ARPR = "AttachRolePolicyRequest";
const _ARR = "AcquireRoleRequest";
const _ARRc = "AcquireRoleResponse";
const _ARTIP = "AddRoleToInstanceProfile";
const _ARTIPR = "AddRoleToInstanceProfileRequest";
const _AS = "AssignmentStatus";
const _AT = "AttachmentType";
const _AU = "AllUsers";
const _AUP = "AttachUserPolicy";
const _AUPR = "AttachUserPolicyRequest";
const _AUTCP = "AllowUsersToChangePassword";
const _AUTG = "AddUserToGroup";
const _AUTGR = "AddUserToGroupRequest";
const _AWSSN = "AWSServiceName";
const _BD = "BootstrapDatum";
const _BSS = "Base32StringSeed";
const _C = "Code";
const _CA = "CallerArn";
const _CAA = "CreateAccountAlias";
const _CAAR = "CreateAccountAliasRequest";
const _CAD = "CredentialAgeDays";
const _CAK = "CreateAccessKey";
const _CAKR = "CreateAccessKeyRequest";
const _CAKRr = "CreateAccessKeyResponse";
const _CB = "CertificateBody";
const _CC = "CertificateChain";
const _CD = "CreateDate";
const _CDL = "ConsoleDeepLink";
const _CDR = "CreateDelegationRequest";
const _CDRR = "CreateDelegationRequestRequest";
const _CDRRr = "CreateDelegationRequestResponse";
const _CE = "ContextEntry";
const _CELT = "ContextEntryListType";
const _CEo = "ContextEntries";
const _CG = "CreateGroup";
const _CGR = "CreateGroupRequest";
const _CGRr = "CreateGroupResponse";
const _CI = "CertificateId";
const _CID = "ClientID";
const _CIDL = "ClientIDList";
const _CINMAE = "CallerIsNotManagementAccountException";
const _CIP = "CreateInstanceProfile";
const _CIPR = "CreateInstanceProfileRequest";
const _CIPRr = "CreateInstanceProfileResponse";
const _CKN = "ContextKeyName";
const _CKNo = "ContextKeyNames";
const _CKT = "ContextKeyType";
const _CKV = "ContextKeyValues";
const _CLP = "CreateLoginProfile";
const _CLPR = "CreateLoginProfileRequest";
const _CLPRr = "CreateLoginProfileResponse";
const _CME = "ConcurrentModificationException";
const _COIDCP = "CreateOpenIDConnectProvider";
const _COIDCPR = "CreateOpenIDConnectProviderRequest";
const _COIDCPRr = "CreateOpenIDConnectProviderResponse";
const _CP = "ChangePassword";
const _CPR = "ChangePasswordRequest";
const _CPRr = "CreatePolicyRequest";
const _CPRre = "CreatePolicyResponse";
const _CPV = "CreatePolicyVersion";
const _CPVR = "CreatePolicyVersionRequest";
const _CPVRr = "CreatePolicyVersionResponse";
const _CPr = "CreatePolicy";
const _CR = "CreateRole";
const _CREE = "CredentialReportExpiredException";
const _CRNPE = "CredentialReportNotPresentException";
const _CRNRE = "CredentialReportNotReadyException";
const _CRR = "CreateRoleRequest";
const _CRRr = "CreateRoleResponse";
const _CS = "CustomSuffix";
const _CSAMLP = "CreateSAMLProvider";
const _CSAMLPR = "CreateSAMLProviderRequest";
const _CSAMLPRr = "CreateSAMLProviderResponse";
const _CSLR = "CreateServiceLinkedRole";
const _CSLRR = "CreateServiceLinkedRoleRequest";
const _CSLRRr = "CreateServiceLinkedRoleResponse";
const _CSSC = "CreateServiceSpecificCredential";
const _CSSCR = "CreateServiceSpecificCredentialRequest";
const _CSSCRr = "CreateServiceSpecificCredentialResponse";
const _CT = "CreateTimestamp";
const _CU = "CreateUser";
const _CUR = "CreateUserRequest";
const _CURr = "CreateUserResponse";
const _CVMFAD = "CreateVirtualMFADevice";
const _CVMFADR = "CreateVirtualMFADeviceRequest";
const _CVMFADRr = "CreateVirtualMFADeviceResponse";
const _Ce = "Certifications";
const _Cer = "Certificates";
const _Cert = "Certificate";
const _Co = "Content";
const _Col = "Column";
const _D = "Description";
const _DAA = "DeleteAccountAlias";
const _DAAR = "DeleteAccountAliasRequest";
const _DAK = "DeleteAccessKey";
const _DAKR = "DeleteAccessKeyRequest";
const _DAPP = "DeleteAccountPasswordPolicy";
const _DCE = "DeleteConflictException";
const _DCEu = "DuplicateCertificateException";
const _DG = "DeleteGroup";
const _DGP = "DeleteGroupPolicy";
const _DGPR = "DeleteGroupPolicyRequest";
const _DGPRe = "DetachGroupPolicyRequest";
const _DGPe = "DetachGroupPolicy";
const _DGR = "DeleteGroupRequest";
const _DIP = "DeleteInstanceProfile";
const _DIPR = "DeleteInstanceProfileRequest";
const _DLP = "DeleteLoginProfile";
const _DLPR = "DeleteLoginProfileRequest";
const _DMFAD = "DeactivateMFADevice";
const _DMFADR = "DeactivateMFADeviceRequest";
const _DMV = "DefaultMinorVersion";
const _DOIDCP = "DeleteOpenIDConnectProvider";
const _DOIDCPR = "DeleteOpenIDConnectProviderRequest";
const _DORCM = "DisableOrganizationsRootCredentialsManagement";
const _DORCMR = "DisableOrganizationsRootCredentialsManagementRequest";
const _DORCMRi = "DisableOrganizationsRootCredentialsManagementResponse";
const _DORS = "DisableOrganizationsRootSessions";
const _DORSR = "DisableOrganizationsRootSessionsRequest";
const _DORSRi = "DisableOrganizationsRootSessionsResponse";
const _DOWIF = "DisableOutboundWebIdentityFederation";
const _DP = "DelegationPermission";
const _DPC = "DelegationPermissionCheck";
const _DPR = "DeletePolicyRequest";
const _DPV = "DeletePolicyVersion";
const _DPVR = "DeletePolicyVersionRequest";
const _DPe = "DeletePolicy";
const _DR = "DelegationRequest";
const _DRI = "DelegationRequestId";
const _DRP = "DeleteRolePolicy";
const _DRPB = "DeleteRolePermissionsBoundary";
const _DRPBR = "DeleteRolePermissionsBoundaryRequest";
const _DRPR = "DeleteRolePolicyRequest";
const _DRPRe = "DetachRolePolicyRequest";
const _DRPe = "DetachRolePolicy";
const _DRR = "DeleteRoleRequest";
const _DRe = "DelegationRequests";
const _DRel = "DeleteRole";
const _DSAMLP = "DeleteSAMLProvider";
const _DSAMLPR = "DeleteSAMLProviderRequest";
const _DSC = "DeleteServerCertificate";
const _DSCR = "DeleteServerCertificateRequest";
const _DSCRe = "DeleteSigningCertificateRequest";
const _DSCe = "DeleteSigningCertificate";
const _DSLR = "DeleteServiceLinkedRole";
const _DSLRR = "DeleteServiceLinkedRoleRequest";
const _DSLRRe = "DeleteServiceLinkedRoleResponse";
const _DSSC = "DeleteServiceSpecificCredential";
const _DSSCR = "DeleteServiceSpecificCredentialRequest";
const _DSSHPK = "DeleteSSHPublicKey";
const _DSSHPKE = "DuplicateSSHPublicKeyException";
const _DSSHPKR = "DeleteSSHPublicKeyRequest";
const _DTFRT = "DeletionTaskFailureReasonType";
const _DTI = "DeletionTaskId";
const _DU = "DeleteUser";
const _DUP = "DeleteUserPolicy";
const _DUPB = "DeleteUserPermissionsBoundary";
const _DUPBR = "DeleteUserPermissionsBoundaryRequest";
const _DUPR = "DeleteUserPolicyRequest";
const _DUPRe = "DetachUserPolicyRequest";
const _DUPe = "DetachUserPolicy";
const _DUR = "DeleteUserRequest";
const _DV = "DefaultValue";
const _DVI = "DefaultVersionId";
const _DVMFAD = "DeleteVirtualMFADevice";
const _DVMFADR = "DeleteVirtualMFADeviceRequest";
const _Do = "Document";
const _E = "Error";
const _EA = "EntityArn";
const _EAEE = "EntityAlreadyExistsException";
const _EAN = "EvalActionName";
const _ED = "EntityDetails";
const _EDD = "EvalDecisionDetails";
const _EDL = "EntityDetailsList";
const _EDn = "EnableDate";
const _EDr = "ErrorDetails";
const _EDv = "EvalDecision";
const _EDx = "ExpirationDate";
const _EF = "EnabledFeatures";
const _EFn = "EntityFilter";
const _EI = "EntityInfo";
const _EMFAD = "EnableMFADevice";
const _EMFADR = "EnableMFADeviceRequest";
const _EN = "EntityName";
const _EORCM = "EnableOrganizationsRootCredentialsManagement";
const _EORCMR = "EnableOrganizationsRootCredentialsManagementRequest";
const _EORCMRn = "EnableOrganizationsRootCredentialsManagementResponse";
const _EORS = "EnableOrganizationsRootSessions";
const _EORSR = "EnableOrganizationsRootSessionsRequest";
const _EORSRn = "EnableOrganizationsRootSessionsResponse";
const _EOWIF = "EnableOutboundWebIdentityFederation";
const _EOWIFR = "EnableOutboundWebIdentityFederationResponse";
const _EP = "EntityPath";
const _EPn = "EndPosition";
const _EPx = "ExpirePasswords";
const _ER = "EvaluationResult";
const _ERD = "EvalResourceDecision";
const _ERLT = "EvaluationResultsListType";
const _ERN = "EvalResourceName";
const _ERv = "EvaluationResults";
const _ET = "ExpirationTime";
const _ETUE = "EntityTemporarilyUnmodifiableException";
const _ETn = "EntityType";
const _En = "Encoding";
const _Ena = "Enabled";
const _Ex = "Expiration";
const _F = "Filter";
const _FDE = "FeatureDisabledException";
const _FEE = "FeatureEnabledException";
const _Fi = "Fingerprint";
const _G = "Group";
const _GAAD = "GetAccountAuthorizationDetails";
const _GAADR = "GetAccountAuthorizationDetailsRequest";
const _GAADRe = "GetAccountAuthorizationDetailsResponse";
const _GAKLU = "GetAccessKeyLastUsed";
const _GAKLUR = "GetAccessKeyLastUsedRequest";
const _GAKLURe = "GetAccessKeyLastUsedResponse";
const _GAP = "GetAccountProperties";
const _GAPP = "GetAccountPasswordPolicy";
const _GAPPR = "GetAccountPasswordPolicyResponse";
const _GAPR = "GetAccountPropertiesRequest";
const _GAPRe = "GetAccountPropertiesResponse";
const _GAS = "GetAccountSummary";
const _GASR = "GetAccountSummaryResponse";
const _GCKFCP = "GetContextKeysForCustomPolicy";
const _GCKFCPR = "GetContextKeysForCustomPolicyRequest";
const _GCKFPP = "GetContextKeysForPrincipalPolicy";
const _GCKFPPR = "GetContextKeysForPrincipalPolicyRequest";
const _GCKFPR = "GetContextKeysForPolicyResponse";
const _GCR = "GenerateCredentialReport";
const _GCRR = "GenerateCredentialReportResponse";
const _GCRRe = "GetCredentialReportResponse";
const _GCRe = "GetCredentialReport";
const _GD = "GroupDetail";
const _GDL = "GroupDetailList";
const _GDR = "GetDelegationRequest";
const _GDRR = "GetDelegationRequestRequest";
const _GDRRe = "GetDelegationRequestResponse";
const _GETV = "GlobalEndpointTokenVersion";
const _GG = "GetGroup";
const _GGP = "GetGroupPolicy";
const _GGPR = "GetGroupPolicyRequest";
const _GGPRe = "GetGroupPolicyResponse";
const _GGR = "GetGroupRequest";
const _GGRe = "GetGroupResponse";
const _GHRS = "GetHumanReadableSummary";
const _GHRSR = "GetHumanReadableSummaryRequest";
const _GHRSRe = "GetHumanReadableSummaryResponse";
const _GI = "GroupId";
const _GIP = "GetInstanceProfile";
const _GIPR = "GetInstanceProfileRequest";
const _GIPRe = "GetInstanceProfileResponse";
const _GL = "GroupList";
const _GLP = "GetLoginProfile";
const _GLPR = "GetLoginProfileRequest";
const _GLPRe = "GetLoginProfileResponse";
const _GMFAD = "GetMFADevice";
const _GMFADR = "GetMFADeviceRequest";
const _GMFADRe = "GetMFADeviceResponse";
const _GN = "GroupName";
const _GOAR = "GenerateOrganizationsAccessReport";
const _GOARR = "GenerateOrganizationsAccessReportRequest";
const _GOARRe = "GenerateOrganizationsAccessReportResponse";
const _GOARRet = "GetOrganizationsAccessReportRequest";
const _GOARRetr = "GetOrganizationsAccessReportResponse";
const _GOARe = "GetOrganizationsAccessReport";
const _GOIDCP = "GetOpenIDConnectProvider";
const _GOIDCPR = "GetOpenIDConnectProviderRequest";
const _GOIDCPRe = "GetOpenIDConnectProviderResponse";
const _GOWIFI = "GetOutboundWebIdentityFederationInfo";
const _GOWIFIR = "GetOutboundWebIdentityFederationInfoResponse";
const _GP = "GetPolicy";
const _GPL = "GroupPolicyList";
const _GPR = "GetPolicyRequest";
const _GPRe = "GetPolicyResponse";
const _GPV = "GetPolicyVersion";
const _GPVR = "GetPolicyVersionRequest";
const _GPVRe = "GetPolicyVersionResponse";
const _GR = "GetRole";
const _GRP = "GetRolePolicy";
const _GRPR = "GetRolePolicyRequest";
const _GRPRe = "GetRolePolicyResponse";
const _GRR = "GetRoleRequest";
const _GRRe = "GetRoleResponse";
const _GRTV = "GetRoleTemplateVersion";
const _GRTVR = "GetRoleTemplateVersionRequest";
const _GRTVRe = "GetRoleTemplateVersionResponse";
const _GSAMLP = "GetSAMLProvider";
const _GSAMLPR = "GetSAMLProviderRequest";
const _GSAMLPRe = "GetSAMLProviderResponse";
const _GSC = "GetServerCertificate";
const _GSCR = "GetServerCertificateRequest";
const _GSCRe = "GetServerCertificateResponse";
const _GSLAD = "GenerateServiceLastAccessedDetails";
const _GSLADR = "GenerateServiceLastAccessedDetailsRequest";
const _GSLADRe = "GenerateServiceLastAccessedDetailsResponse";
const _GSLADRet = "GetServiceLastAccessedDetailsRequest";
const _GSLADRete = "GetServiceLastAccessedDetailsResponse";
const _GSLADWE = "GetServiceLastAccessedDetailsWithEntities";
const _GSLADWER = "GetServiceLastAccessedDetailsWithEntitiesRequest";
const _GSLADWERe = "GetServiceLastAccessedDetailsWithEntitiesResponse";
const _GSLADe = "GetServiceLastAccessedDetails";
const _GSLRDS = "GetServiceLinkedRoleDeletionStatus";
const _GSLRDSR = "GetServiceLinkedRoleDeletionStatusRequest";
const _GSLRDSRe = "GetServiceLinkedRoleDeletionStatusResponse";
const _GSSHPK = "GetSSHPublicKey";
const _GSSHPKR = "GetSSHPublicKeyRequest";
const _GSSHPKRe = "GetSSHPublicKeyResponse";
const _GT = "GeneratedTime";
const _GU = "GetUser";
const _GUP = "GetUserPolicy";
const _GUPR = "GetUserPolicyRequest";
const _GUPRe = "GetUserPolicyResponse";
const _GUR = "GetUserRequest";
const _GURe = "GetUserResponse";
const _Gr = "Granularity";
const _Gro = "Groups";
const _HE = "HardExpiry";
const _I = "Id";
const _IA = "IsAttachable";
const _IACE = "InvalidAuthenticationCodeException";
const _ICE = "InvalidCertificateException";
const _IDV = "IsDefaultVersion";
const _II = "IssuerIdentifier";
const _IIE = "InvalidInputException";
const _IP = "InstanceProfile";
const _IPI = "InstanceProfileId";
const _IPIT = "InlinePolicyIdentifierType";
const _IPIn = "InlinePolicyIdentifier";
const _IPKE = "InvalidPublicKeyException";
const _IPL = "InstanceProfileList";
const _IPN = "InstanceProfileName";
const _IPT = "InlinePolicyTemplates";
const _IPn = "InlinePolicy";
const _IPns = "InstanceProfiles";
const _IR = "IsRequired";
const _IT = "IsTruncated";
const _IUTE = "InvalidUserTypeException";
const _Im = "Immutable";
const _JCD = "JobCreationDate";
const _JCDo = "JobCompletionDate";
const _JI = "JobId";
const _JS = "JobStatus";
const _JT = "JobType";
const _JVE = "JwtVendingEnabled";
const _K = "Key";
const _KI = "KeyId";
const _KPME = "KeyPairMismatchException";
const _L = "Locale";
const _LA = "LastAuthenticated";
const _LAA = "ListAccountAliases";
const _LAAR = "ListAccountAliasesRequest";
const _LAARi = "ListAccountAliasesResponse";
const _LAE = "LastAuthenticatedEntity";
const _LAEa = "LastAccessedEntity";
const _LAGP = "ListAttachedGroupPolicies";
const _LAGPR = "ListAttachedGroupPoliciesRequest";
const _LAGPRi = "ListAttachedGroupPoliciesResponse";
const _LAK = "ListAccessKeys";
const _LAKR = "ListAccessKeysRequest";
const _LAKRi = "ListAccessKeysResponse";
const _LAR = "LastAuthenticatedRegion";
const _LARP = "ListAttachedRolePolicies";
const _LARPR = "ListAttachedRolePoliciesRequest";
const _LARPRi = "ListAttachedRolePoliciesResponse";
const _LARa = "LastAccessedRegion";
const _LAT = "LastAuthenticatedTime";
const _LATa = "LastAccessedTime";
const _LAUP = "ListAttachedUserPolicies";
const _LAUPR = "ListAttachedUserPoliciesRequest";
const _LAUPRi = "ListAttachedUserPoliciesResponse";
const _LDR = "ListDelegationRequests";
const _LDRR = "ListDelegationRequestsRequest";
const _LDRRi = "ListDelegationRequestsResponse";
const _LEE = "LimitExceededException";
const _LEFP = "ListEntitiesForPolicy";
const _LEFPR = "ListEntitiesForPolicyRequest";
const _LEFPRi = "ListEntitiesForPolicyResponse";
const _LG = "ListGroups";
const _LGFU = "ListGroupsForUser";
const _LGFUR = "ListGroupsForUserRequest";
const _LGFURi = "ListGroupsForUserResponse";
const _LGP = "ListGroupPolicies";
const _LGPR = "ListGroupPoliciesRequest";
const _LGPRi = "ListGroupPoliciesResponse";
const _LGR = "ListGroupsRequest";
const _LGRi = "ListGroupsResponse";
const _LIP = "ListInstanceProfiles";
const _LIPFR = "ListInstanceProfilesForRole";
const _LIPFRR = "ListInstanceProfilesForRoleRequest";
const _LIPFRRi = "ListInstanceProfilesForRoleResponse";
const _LIPR = "ListInstanceProfilesRequest";
const _LIPRi = "ListInstanceProfilesResponse";
const _LIPT = "ListInstanceProfileTags";
const _LIPTR = "ListInstanceProfileTagsRequest";
const _LIPTRi = "ListInstanceProfileTagsResponse";
const _LMFAD = "ListMFADevices";
const _LMFADR = "ListMFADevicesRequest";
const _LMFADRi = "ListMFADevicesResponse";
const _LMFADT = "ListMFADeviceTags";
const _LMFADTR = "ListMFADeviceTagsRequest";
const _LMFADTRi = "ListMFADeviceTagsResponse";
const _LOF = "ListOrganizationsFeatures";
const _LOFR = "ListOrganizationsFeaturesRequest";
const _LOFRi = "ListOrganizationsFeaturesResponse";
const _LOIDCP = "ListOpenIDConnectProviders";
const _LOIDCPR = "ListOpenIDConnectProvidersRequest";
const _LOIDCPRi = "ListOpenIDConnectProvidersResponse";
const _LOIDCPT = "ListOpenIDConnectProviderTags";
const _LOIDCPTR = "ListOpenIDConnectProviderTagsRequest";
const _LOIDCPTRi = "ListOpenIDConnectProviderTagsResponse";
const _LP = "LoginProfile";
const _LPGSA = "ListPoliciesGrantingServiceAccess";
const _LPGSAE = "ListPoliciesGrantingServiceAccessEntry";
const _LPGSAR = "ListPoliciesGrantingServiceAccessRequest";
const _LPGSARi = "ListPoliciesGrantingServiceAccessResponse";
const _LPR = "ListPoliciesRequest";
const _LPRi = "ListPoliciesResponse";
const _LPT = "ListPolicyTags";
const _LPTR = "ListPolicyTagsRequest";
const _LPTRi = "ListPolicyTagsResponse";
const _LPV = "ListPolicyVersions";
const _LPVR = "ListPolicyVersionsRequest";
const _LPVRi = "ListPolicyVersionsResponse";
const _LPi = "ListPolicies";
const _LR = "ListRoles";
const _LRP = "ListRolePolicies";
const _LRPR = "ListRolePoliciesRequest";
const _LRPRi = "ListRolePoliciesResponse";
const _LRR = "ListRolesRequest";
const _LRRi = "ListRolesResponse";
const _LRT = "ListRoleTags";
const _LRTR = "ListRoleTagsRequest";
const _LRTRi = "ListRoleTagsResponse";
const _LSAMLP = "ListSAMLProviders";
const _LSAMLPR = "ListSAMLProvidersRequest";
const _LSAMLPRi = "ListSAMLProvidersResponse";
const _LSAMLPT = "ListSAMLProviderTags";
const _LSAMLPTR = "ListSAMLProviderTagsRequest";
const _LSAMLPTRi = "ListSAMLProviderTagsResponse";
const _LSC = "ListServerCertificates";
const _LSCR = "ListServerCertificatesRequest";
const _LSCRi = "ListServerCertificatesResponse";
const _LSCRis = "ListSigningCertificatesRequest";
const _LSCRist = "ListSigningCertificatesResponse";
const _LSCT = "ListServerCertificateTags";
const _LSCTR = "ListServerCertificateTagsRequest";
const _LSCTRi = "ListServerCertificateTagsResponse";
const _LSCi = "ListSigningCertificates";
const _LSSC = "ListServiceSpecificCredentials";
const _LSSCR = "ListServiceSpecificCredentialsRequest";
const _LSSCRi = "ListServiceSpecificCredentialsResponse";
const _LSSHPK = "ListSSHPublicKeys";
const _LSSHPKR = "ListSSHPublicKeysRequest";
const _LSSHPKRi = "ListSSHPublicKeysResponse";
const _LU = "ListUsers";
const _LUD = "LastUsedDate";
const _LUP = "ListUserPolicies";
const _LUPR = "ListUserPoliciesRequest";
const _LUPRi = "ListUserPoliciesResponse";
const _LUR = "ListUsersRequest";
const _LURi = "ListUsersResponse";
const _LUT = "ListUserTags";
const _LUTR = "ListUserTagsRequest";
const _LUTRi = "ListUserTagsResponse";
const _LVMFAD = "ListVirtualMFADevices";
const _LVMFADR = "ListVirtualMFADevicesRequest";
const _LVMFADRi = "ListVirtualMFADevicesResponse";
const _Li = "Line";
const _M = "Message";
const _MBT = "ManagedByType";
const _MBV = "ManagedByValue";
const _MCE = "MalformedCertificateException";
const _MCV = "MissingContextValues";
const _MFAD = "MFADevices";
const _MFADe = "MFADevice";
const _MI = "MaxItems";
const _MPA = "MaxPasswordAge";
const _MPAa = "ManagedPolicyArns";
const _MPD = "ManagedPolicyDetail";
const _MPDE = "MalformedPolicyDocumentException";
const _MPDLT = "ManagedPolicyDetailListType";
const _MPL = "MinimumPasswordLength";
const _MS = "MatchedStatements";
const _MSD = "MaxSessionDuration";
const _MV = "MinorVersion";
const _MVa = "MajorVersion";
const _Ma = "Marker";
const _N = "Name";
const _NC = "NotificationChannel";
const _NCE = "NameConflictException";
const _NGN = "NewGroupName";
const _NOSA = "NumberOfServicesAccessible";
const _NOSNA = "NumberOfServicesNotAccessed";
const _NP = "NewPassword";
const _NPe = "NewPath";
const _NSCN = "NewServerCertificateName";
const _NSEE = "NoSuchEntityException";
const _NUN = "NewUserName";
const _No = "Notes";
const _OA = "OnlyAttached";
const _OAI = "OwnerAccountId";
const _ODD = "OrganizationsDecisionDetail";
const _OI = "OwnerId";
const _OIDCPA = "OpenIDConnectProviderArn";
const _OIDCPL = "OpenIDConnectProviderList";
const _OIDCPLE = "OpenIDConnectProviderListEntry";
const _OIDCPLT = "OpenIDConnectProviderListType";
const _OIICEE = "OpenIdIdpCommunicationErrorException";
const _OIr = "OrganizationId";
const _ONFE = "OrganizationNotFoundException";
const _ONIAFME = "OrganizationNotInAllFeaturesModeException";
const _OOPIL = "OrderedOrganizationPolicyInputList";
const _OOPT = "OrderedOrganizationPolicyType";
const _OP = "OldPassword";
const _OPI = "OrganizationsPolicyId";
const _OPLT = "OrganizationPolicyListType";
const _OSBO = "OnlySendByOwner";
const _P = "Permissions";
const _PA = "PolicyArn";
const _PAP = "PutAccountProperties";
const _PAPR = "PutAccountPropertiesRequest";
const _PAPRu = "PutAccountPropertiesResponse";
const _PB = "PermissionsBoundary";
const _PBA = "PermissionsBoundaryArn";
const _PBAe = "PermissionBoundaryArn";
const _PBDD = "PermissionsBoundaryDecisionDetail";
const _PBPIL = "PermissionsBoundaryPolicyInputList";
const _PBT = "PermissionsBoundaryType";
const _PBUC = "PermissionsBoundaryUsageCount";
const _PCR = "PermissionCheckResult";
const _PCS = "PermissionCheckStatus";
const _PD = "PolicyDocument";
const _PDa = "ParameterDefinition";
const _PDar = "ParametersDefinition";
const _PDo = "PolicyDetail";
const _PEE = "PolicyEvaluationException";
const _PEL = "PolicyExclusionList";
const _PELT = "PolicyExclusionsListType";
const _PG = "PolicyGroups";
const _PGLT = "PolicyGroupListType";
const _PGP = "PutGroupPolicy";
const _PGPR = "PutGroupPolicyRequest";
const _PGSA = "PoliciesGrantingServiceAccess";
const _PGSAo = "PolicyGrantingServiceAccess";
const _PGo = "PolicyGroup";
const _PI = "PolicyId";
const _PIL = "PolicyInputList";
const _PIo = "PolicyIdentifier";
const _PK = "PrivateKey";
const _PKL = "PrivateKeyList";
const _PLU = "PasswordLastUsed";
const _PN = "PolicyName";
const _PNAE = "PolicyNotAttachableException";
const _PNo = "PolicyNames";
const _PP = "PermissionPolicy";
const _PPVE = "PasswordPolicyViolationException";
const _PPa = "PasswordPolicy";
const _PPat = "PathPrefix";
const _PPo = "PolicyParameter";
const _PR = "PolicyRoles";
const _PRLT = "PolicyRoleListType";
const _PRP = "PasswordReusePrevention";
const _PRPB = "PutRolePermissionsBoundary";
const _PRPBR = "PutRolePermissionsBoundaryRequest";
const _PRPR = "PutRolePolicyRequest";
const _PRPu = "PutRolePolicy";
const _PRR = "PasswordResetRequired";
const _PRo = "PolicyRole";
const _PSA = "PolicySourceArn";
const _PT = "PolicyType";
const _PTA = "PolicyTemplateArn";
const _PU = "PolicyUsers";
const _PUF = "PolicyUsageFilter";
const _PULT = "PolicyUserListType";
const _PUP = "PutUserPolicy";
const _PUPB = "PutUserPermissionsBoundary";
const _PUPBR = "PutUserPermissionsBoundaryRequest";
const _PUPR = "PutUserPolicyRequest";
const _PUo = "PolicyUser";
const _PV = "PolicyVersion";
const _PVL = "PolicyVersionList";
const _Pa = "Path";
const _Par = "Parameters";
const _Pas = "Password";
const _Po = "Policy";
const _Pol = "Policies";
const _Pos = "Position";
const _Pr = "Properties";
const _QRCPNG = "QRCodePNG";
const _R = "Region";
const _RA = "ResourceArns";
const _RCIDFOIDCP = "RemoveClientIDFromOpenIDConnectProvider";
const _RCIDFOIDCPR = "RemoveClientIDFromOpenIDConnectProviderRequest";
const _RD = "RoleDetail";
const _RDL = "RoleDetailList";
const _RDP = "RoleDescriptionPattern";
const _RDR = "RejectDelegationRequest";
const _RDRR = "RejectDelegationRequestRequest";
const _RF = "ReportFormat";
const _RGLEE = "ReportGenerationLimitExceededException";
const _RHO = "ResourceHandlingOption";
const _RI = "RequestorId";
const _RIo = "RoleId";
const _RLC = "RequireLowercaseCharacters";
const _RLU = "RoleLastUsed";
const _RM = "RequestMessage";
const _RME = "RoleModifiedException";
const _RMFAD = "ResyncMFADevice";
const _RMFADR = "ResyncMFADeviceRequest";
const _RN = "RoleName";
const _RNP = "RoleNamePattern";
const _RNe = "RequestorName";
const _RNeq = "RequireNumbers";
const _RO = "ResourceOwner";
const _RP = "ResourcePolicy";
const _RPK = "RemovePrivateKey";
const _RPL = "RolePolicyList";
const _RPP = "RolePathPattern";
const _RPRA = "RolePermissionRestrictionArns";
const _RR = "RejectionReason";
const _RRFIP = "RemoveRoleFromInstanceProfile";
const _RRFIPR = "RemoveRoleFromInstanceProfileRequest";
const _RS = "RequireSymbols";
const _RSR = "ResourceSpecificResults";
const _RSRLT = "ResourceSpecificResultListType";
const _RSRe = "ResourceSpecificResult";
const _RSSC = "ResetServiceSpecificCredential";
const _RSSCR = "ResetServiceSpecificCredentialRequest";
const _RSSCRe = "ResetServiceSpecificCredentialResponse";
const _RTDE = "RoleTemplateDisabledException";
const _RTT = "RoleTagsTemplate";
const _RTV = "RoleTemplateVersion";
const _RU = "RedirectUrl";
const _RUC = "RequireUppercaseCharacters";
const _RUFG = "RemoveUserFromGroup";
const _RUFGR = "RemoveUserFromGroupRequest";
const _RUL = "RoleUsageList";
const _RULT = "RoleUsageListType";
const _RUT = "RoleUsageType";
const _RV = "ReplacementValues";
const _RVE = "ReplacementValueEntry";
const _RWI = "RequestorWorkflowId";
const _Re = "Reason";
const _Res = "Resources";
const _Ro = "Role";
const _Rol = "Roles";
const _S = "Status";
const _SAD = "SetAsDefault";
const _SAK = "SecretAccessKey";
const _SAMLMD = "SAMLMetadataDocument";
const _SAMLPA = "SAMLProviderArn";
const _SAMLPK = "SAMLPrivateKey";
const _SAMLPL = "SAMLProviderList";
const _SAMLPLE = "SAMLProviderListEntry";
const _SAMLPLT = "SAMLProviderListType";
const _SAMLPUUID = "SAMLProviderUUID";
const _SANEE = "ServiceAccessNotEnabledException";
const _SC = "SummaryContent";
const _SCA = "ServiceCredentialAlias";
const _SCI = "ServerCertificateId";
const _SCM = "ServerCertificateMetadata";
const _SCML = "ServerCertificateMetadataList";
const _SCN = "ServerCertificateName";
const _SCP = "SimulateCustomPolicy";
const _SCPIL = "ServiceControlPolicyInputList";
const _SCPR = "SimulateCustomPolicyRequest";
const _SCS = "ServiceCredentialSecret";
const _SCe = "ServerCertificate";
const _SCi = "SigningCertificate";
const _SD = "SessionDuration";
const _SDPV = "SetDefaultPolicyVersion";
const _SDPVR = "SetDefaultPolicyVersionRequest";
const _SDT = "SendDelegationToken";
const _SDTR = "SendDelegationTokenRequest";
const _SFE = "ServiceFailureException";
const _SK = "SortKey";
const _SLA = "ServicesLastAccessed";
const _SLAe = "ServiceLastAccessed";
const _SLT = "StatementListType";
const _SM = "SummaryMap";
const _SN = "ServiceName";
const _SNSE = "ServiceNotSupportedException";
const _SNe = "ServiceNamespace";
const _SNer = "SerialNumber";
const _SNerv = "ServiceNamespaces";
const _SP = "ServicePassword";
const _SPI = "SourcePolicyId";
const _SPP = "SimulatePrincipalPolicy";
const _SPPR = "SimulatePrincipalPolicyRequest";
const _SPR = "SimulatePolicyResponse";
const _SPT = "SourcePolicyType";
const _SPt = "StartPosition";
const _SRT = "SourceRoleTemplate";
const _SS = "SummaryState";
const _SSC = "ServiceSpecificCredential";
const _SSCI = "ServiceSpecificCredentialId";
const _SSCLT = "ServiceSpecificCredentialsListType";
const _SSCM = "ServiceSpecificCredentialMetadata";
const _SSCe = "ServiceSpecificCredentials";
const _SSHPK = "SSHPublicKey";
const _SSHPKB = "SSHPublicKeyBody";
const _SSHPKI = "SSHPublicKeyId";
const _SSHPKLT = "SSHPublicKeyListType";
const _SSHPKM = "SSHPublicKeyMetadata";
const _SSHPKu = "SSHPublicKeys";
const _SSTSP = "SetSecurityTokenServicePreferences";
const _SSTSPR = "SetSecurityTokenServicePreferencesRequest";
const _ST = "SubType";
const _SUN = "ServiceUserName";
const _Sc = "Scope";
const _St = "State";
const _Sta = "Statement";
const _T = "Tags";
const _TA = "TemplateArn";
const _TAE = "TotalAuthenticatedEntities";
const _TALA = "TrackedActionsLastAccessed";
const _TALAr = "TrackedActionLastAccessed";
const _TIP = "TagInstanceProfile";
const _TIPR = "TagInstanceProfileRequest";
const _TK = "TagKeys";
const _TL = "ThumbprintList";
const _TMFAD = "TagMFADevice";
const _TMFADR = "TagMFADeviceRequest";
const _TMV = "TemplateMinorVersion";
const _TN = "TemplateName";
const _TOIDCP = "TagOpenIDConnectProvider";
const _TOIDCPR = "TagOpenIDConnectProviderRequest";
const _TP = "TagPolicy";
const _TPR = "TagPolicyRequest";
const _TR = "TagRole";
const _TRR = "TagRoleRequest";
const _TSAMLP = "TagSAMLProvider";
const _TSAMLPR = "TagSAMLProviderRequest";
const _TSC = "TagServerCertificate";
const _TSCR = "TagServerCertificateRequest";
const _TT = "TagTemplate";
const _TU = "TagUser";
const _TUR = "TagUserRequest";
const _TVI = "TemplateVersionId";
const _Ta = "Tag";
const _Ti = "Timestamp";
const _Ty = "Type";
const _U = "Url";
const _UAK = "UpdateAccessKey";
const _UAKR = "UpdateAccessKeyRequest";
const _UAPP = "UpdateAccountPasswordPolicy";
const _UAPPR = "UpdateAccountPasswordPolicyRequest";
const _UARP = "UpdateAssumeRolePolicy";
const _UARPR = "UpdateAssumeRolePolicyRequest";
const _UD = "UpdateDate";
const _UDL = "UserDetailList";
const _UDR = "UpdateDelegationRequest";
const _UDRR = "UpdateDelegationRequestRequest";
const _UDp = "UploadDate";
const _UDs = "UserDetail";
const _UEE = "UnmodifiableEntityException";
const _UG = "UpdateGroup";
const _UGR = "UpdateGroupRequest";
const _UI = "UserId";
const _UIP = "UntagInstanceProfile";
const _UIPR = "UntagInstanceProfileRequest";
const _ULP = "UpdateLoginProfile";
const _ULPR = "UpdateLoginProfileRequest";
const _UMFAD = "UntagMFADevice";
const _UMFADR = "UntagMFADeviceRequest";
const _UN = "UserName";
const _UOIDCP = "UntagOpenIDConnectProvider";
const _UOIDCPR = "UntagOpenIDConnectProviderRequest";
const _UOIDCPT = "UpdateOpenIDConnectProviderThumbprint";
const _UOIDCPTR = "UpdateOpenIDConnectProviderThumbprintRequest";
const _UP = "UntagPolicy";
const _UPKEE = "UnrecognizedPublicKeyEncodingException";
const _UPL = "UserPolicyList";
const _UPR = "UntagPolicyRequest";
const _UR = "UntagRole";
const _URD = "UpdateRoleDescription";
const _URDR = "UpdateRoleDescriptionRequest";
const _URDRp = "UpdateRoleDescriptionResponse";
const _URR = "UntagRoleRequest";
const _URRp = "UpdateRoleRequest";
const _URRpd = "UpdateRoleResponse";
const _URp = "UpdateRole";
const _USAMLP = "UntagSAMLProvider";
const _USAMLPR = "UntagSAMLProviderRequest";
const _USAMLPRp = "UpdateSAMLProviderRequest";
const _USAMLPRpd = "UpdateSAMLProviderResponse";
const _USAMLPp = "UpdateSAMLProvider";
const _USC = "UntagServerCertificate";
const _USCR = "UntagServerCertificateRequest";
const _USCRp = "UpdateServerCertificateRequest";
const _USCRpd = "UpdateSigningCertificateRequest";
const _USCRpl = "UploadServerCertificateRequest";
const _USCRplo = "UploadServerCertificateResponse";
const _USCRploa = "UploadSigningCertificateRequest";
const _USCRpload = "UploadSigningCertificateResponse";
const _USCp = "UpdateServerCertificate";
const _USCpd = "UpdateSigningCertificate";
const _USCpl = "UploadServerCertificate";
const _USCplo = "UploadSigningCertificate";
const _USSC = "UpdateServiceSpecificCredential";
const _USSCR = "UpdateServiceSpecificCredentialRequest";
const _USSHPK = "UpdateSSHPublicKey";
const _USSHPKR = "UpdateSSHPublicKeyRequest";
const _USSHPKRp = "UploadSSHPublicKeyRequest";
const _USSHPKRpl = "UploadSSHPublicKeyResponse";
const _USSHPKp = "UploadSSHPublicKey";
const _UT = "UpdatedTime";
const _UTp = "UpdateTimestamp";
const _UU = "UntagUser";
const _UUR = "UntagUserRequest";
const _UURp = "UpdateUserRequest";
const _UUp = "UpdateUser";
const _Us = "User";
const _Use = "Users";
const _V = "Versions";
const _VE = "VersionEnabled";
const _VI = "VersionId";
const _VMFAD = "VirtualMFADevice";
const _VMFADN = "VirtualMFADeviceName";
const _VMFADi = "VirtualMFADevices";
const _VU = "ValidUntil";
const _Va = "Values";
const _Val = "Value";
const _aKMLT = "accessKeyMetadataListType";
const _aKST = "accessKeySecretType";
const _aPLT = "attachedPoliciesListType";
const _aQE = "awsQueryError";
const _c = "client";
const _cLT = "certificateListType";
const _dRLT = "delegationRequestsListType";
const _e = "error";
const _eDLT = "entityDetailsListType";
const _gDLT = "groupDetailListType";
const _gLT = "groupListType";
const _hE = "httpError";
const _iPLT = "instanceProfileListType";
const _iPTLT = "inlinePolicyTemplateListType";
const _iT = "isTruncated";
const _lPGSARLT = "listPolicyGrantingServiceAccessResponseListType";
const _m = "message";
const _mDLT = "mfaDeviceListType";
const _mSRVE = "mapStringReplacementValueEntry";
const _pDLT = "parametersDefinitionListType";
const _pDLTo = "policyDetailListType";
const _pDVLT = "policyDocumentVersionListType";
const _pGSALT = "policyGrantingServiceAccessListType";
const _pKL = "privateKeyList";
const _pKT = "privateKeyType";
const _pLT = "policyListType";
const _pPLT = "policyParameterListType";
const _pT = "passwordType";
const _rDLT = "roleDetailListType";
const _rLT = "roleListType";
const _s = "smithy.ts.sdk.synthetic.com.amazonaws.iam";
const _sCMLT = "serverCertificateMetadataListType";
const _sCS = "serviceCredentialSecret";
const _sP = "servicePassword";
const _se = "server";
const _tLT = "tagListType";
const _tTLT = "tagTemplateListType";
const _uDLT = "userDetailListType";
const _uLT = "userListType";
const _vMFADLT = "virtualMFADeviceListType";
const n0 = "com.amazonaws.iam";



const _s_registry = new TypeRegistry/* TypeRegistry */.O(_s);
var IAMServiceException$ = [-3, _s, "IAMServiceException", 0, [], []];
_s_registry.registerError(IAMServiceException$, IAMServiceException);
const n0_registry = new TypeRegistry/* TypeRegistry */.O(n0);
var AccountNotManagementOrDelegatedAdministratorException$ = [-3, n0, _ANMODAE,
    { [_e]: _c, [_hE]: 400 },
    [_M],
    [0]
];
n0_registry.registerError(AccountNotManagementOrDelegatedAdministratorException$, AccountNotManagementOrDelegatedAdministratorException);
var CallerIsNotManagementAccountException$ = [-3, n0, _CINMAE,
    { [_e]: _c, [_hE]: 400 },
    [_M],
    [0]
];
n0_registry.registerError(CallerIsNotManagementAccountException$, CallerIsNotManagementAccountException);
var ConcurrentModificationException$ = [-3, n0, _CME,
    { [_aQE]: [`ConcurrentModification`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(ConcurrentModificationException$, ConcurrentModificationException);
var CredentialReportExpiredException$ = [-3, n0, _CREE,
    { [_aQE]: [`ReportExpired`, 410], [_e]: _c, [_hE]: 410 },
    [_m],
    [0]
];
n0_registry.registerError(CredentialReportExpiredException$, CredentialReportExpiredException);
var CredentialReportNotPresentException$ = [-3, n0, _CRNPE,
    { [_aQE]: [`ReportNotPresent`, 410], [_e]: _c, [_hE]: 410 },
    [_m],
    [0]
];
n0_registry.registerError(CredentialReportNotPresentException$, CredentialReportNotPresentException);
var CredentialReportNotReadyException$ = [-3, n0, _CRNRE,
    { [_aQE]: [`ReportInProgress`, 404], [_e]: _c, [_hE]: 404 },
    [_m],
    [0]
];
n0_registry.registerError(CredentialReportNotReadyException$, CredentialReportNotReadyException);
var DeleteConflictException$ = [-3, n0, _DCE,
    { [_aQE]: [`DeleteConflict`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(DeleteConflictException$, DeleteConflictException);
var DuplicateCertificateException$ = [-3, n0, _DCEu,
    { [_aQE]: [`DuplicateCertificate`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(DuplicateCertificateException$, DuplicateCertificateException);
var DuplicateSSHPublicKeyException$ = [-3, n0, _DSSHPKE,
    { [_aQE]: [`DuplicateSSHPublicKey`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(DuplicateSSHPublicKeyException$, DuplicateSSHPublicKeyException);
var EntityAlreadyExistsException$ = [-3, n0, _EAEE,
    { [_aQE]: [`EntityAlreadyExists`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(EntityAlreadyExistsException$, EntityAlreadyExistsException);
var EntityTemporarilyUnmodifiableException$ = [-3, n0, _ETUE,
    { [_aQE]: [`EntityTemporarilyUnmodifiable`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(EntityTemporarilyUnmodifiableException$, EntityTemporarilyUnmodifiableException);
var FeatureDisabledException$ = [-3, n0, _FDE,
    { [_aQE]: [`FeatureDisabled`, 404], [_e]: _c, [_hE]: 404 },
    [_m],
    [0]
];
n0_registry.registerError(FeatureDisabledException$, FeatureDisabledException);
var FeatureEnabledException$ = [-3, n0, _FEE,
    { [_aQE]: [`FeatureEnabled`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(FeatureEnabledException$, FeatureEnabledException);
var InvalidAuthenticationCodeException$ = [-3, n0, _IACE,
    { [_aQE]: [`InvalidAuthenticationCode`, 403], [_e]: _c, [_hE]: 403 },
    [_m],
    [0]
];
n0_registry.registerError(InvalidAuthenticationCodeException$, InvalidAuthenticationCodeException);
var InvalidCertificateException$ = [-3, n0, _ICE,
    { [_aQE]: [`InvalidCertificate`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(InvalidCertificateException$, InvalidCertificateException);
var InvalidInputException$ = [-3, n0, _IIE,
    { [_aQE]: [`InvalidInput`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(InvalidInputException$, InvalidInputException);
var InvalidPublicKeyException$ = [-3, n0, _IPKE,
    { [_aQE]: [`InvalidPublicKey`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(InvalidPublicKeyException$, InvalidPublicKeyException);
var InvalidUserTypeException$ = [-3, n0, _IUTE,
    { [_aQE]: [`InvalidUserType`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(InvalidUserTypeException$, InvalidUserTypeException);
var KeyPairMismatchException$ = [-3, n0, _KPME,
    { [_aQE]: [`KeyPairMismatch`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(KeyPairMismatchException$, KeyPairMismatchException);
var LimitExceededException$ = [-3, n0, _LEE,
    { [_aQE]: [`LimitExceeded`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(LimitExceededException$, LimitExceededException);
var MalformedCertificateException$ = [-3, n0, _MCE,
    { [_aQE]: [`MalformedCertificate`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(MalformedCertificateException$, MalformedCertificateException);
var MalformedPolicyDocumentException$ = [-3, n0, _MPDE,
    { [_aQE]: [`MalformedPolicyDocument`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(MalformedPolicyDocumentException$, MalformedPolicyDocumentException);
var NameConflictException$ = [-3, n0, _NCE,
    { [_aQE]: [`NameConflict`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(NameConflictException$, NameConflictException);
var NoSuchEntityException$ = [-3, n0, _NSEE,
    { [_aQE]: [`NoSuchEntity`, 404], [_e]: _c, [_hE]: 404 },
    [_m],
    [0]
];
n0_registry.registerError(NoSuchEntityException$, NoSuchEntityException);
var OpenIdIdpCommunicationErrorException$ = [-3, n0, _OIICEE,
    { [_aQE]: [`OpenIdIdpCommunicationError`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(OpenIdIdpCommunicationErrorException$, OpenIdIdpCommunicationErrorException);
var OrganizationNotFoundException$ = [-3, n0, _ONFE,
    { [_e]: _c, [_hE]: 400 },
    [_M],
    [0]
];
n0_registry.registerError(OrganizationNotFoundException$, OrganizationNotFoundException);
var OrganizationNotInAllFeaturesModeException$ = [-3, n0, _ONIAFME,
    { [_e]: _c, [_hE]: 400 },
    [_M],
    [0]
];
n0_registry.registerError(OrganizationNotInAllFeaturesModeException$, OrganizationNotInAllFeaturesModeException);
var PasswordPolicyViolationException$ = [-3, n0, _PPVE,
    { [_aQE]: [`PasswordPolicyViolation`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(PasswordPolicyViolationException$, PasswordPolicyViolationException);
var PolicyEvaluationException$ = [-3, n0, _PEE,
    { [_aQE]: [`PolicyEvaluation`, 500], [_e]: _se, [_hE]: 500 },
    [_m],
    [0]
];
n0_registry.registerError(PolicyEvaluationException$, PolicyEvaluationException);
var PolicyNotAttachableException$ = [-3, n0, _PNAE,
    { [_aQE]: [`PolicyNotAttachable`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(PolicyNotAttachableException$, PolicyNotAttachableException);
var ReportGenerationLimitExceededException$ = [-3, n0, _RGLEE,
    { [_aQE]: [`ReportGenerationLimitExceeded`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(ReportGenerationLimitExceededException$, ReportGenerationLimitExceededException);
var RoleModifiedException$ = [-3, n0, _RME,
    { [_aQE]: [`RoleModified`, 409], [_e]: _c, [_hE]: 409 },
    [_m],
    [0]
];
n0_registry.registerError(RoleModifiedException$, RoleModifiedException);
var RoleTemplateDisabledException$ = [-3, n0, _RTDE,
    { [_aQE]: [`RoleTemplateDisabled`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(RoleTemplateDisabledException$, RoleTemplateDisabledException);
var ServiceAccessNotEnabledException$ = [-3, n0, _SANEE,
    { [_e]: _c, [_hE]: 400 },
    [_M],
    [0]
];
n0_registry.registerError(ServiceAccessNotEnabledException$, ServiceAccessNotEnabledException);
var ServiceFailureException$ = [-3, n0, _SFE,
    { [_aQE]: [`ServiceFailure`, 500], [_e]: _se, [_hE]: 500 },
    [_m],
    [0]
];
n0_registry.registerError(ServiceFailureException$, ServiceFailureException);
var ServiceNotSupportedException$ = [-3, n0, _SNSE,
    { [_aQE]: [`NotSupportedService`, 404], [_e]: _c, [_hE]: 404 },
    [_m],
    [0]
];
n0_registry.registerError(ServiceNotSupportedException$, ServiceNotSupportedException);
var UnmodifiableEntityException$ = [-3, n0, _UEE,
    { [_aQE]: [`UnmodifiableEntity`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(UnmodifiableEntityException$, UnmodifiableEntityException);
var UnrecognizedPublicKeyEncodingException$ = [-3, n0, _UPKEE,
    { [_aQE]: [`UnrecognizedPublicKeyEncoding`, 400], [_e]: _c, [_hE]: 400 },
    [_m],
    [0]
];
n0_registry.registerError(UnrecognizedPublicKeyEncodingException$, UnrecognizedPublicKeyEncodingException);
const errorTypeRegistries = [
    _s_registry,
    n0_registry,
];
var accessKeySecretType = [0, n0, _aKST, 8, 0];
var BootstrapDatum = [0, n0, _BD, 8, 21];
var passwordType = [0, n0, _pT, 8, 0];
var privateKeyType = [0, n0, _pKT, 8, 0];
var serviceCredentialSecret = [0, n0, _sCS, 8, 0];
var servicePassword = [0, n0, _sP, 8, 0];
var AcceptDelegationRequestRequest$ = [3, n0, _ADRR,
    0,
    [_DRI],
    [0], 1
];
var AccessDetail$ = [3, n0, _AD,
    0,
    [_SN, _SNe, _R, _EP, _LAT, _TAE],
    [0, 0, 0, 0, 4, 1], 2
];
var AccessKey$ = [3, n0, _AK,
    0,
    [_UN, _AKI, _S, _SAK, _CD],
    [0, 0, 0, [() => accessKeySecretType, 0], 4], 4
];
var AccessKeyLastUsed$ = [3, n0, _AKLU,
    0,
    [_SN, _R, _LUD],
    [0, 0, 4], 2
];
var AccessKeyMetadata$ = [3, n0, _AKM,
    0,
    [_UN, _AKI, _S, _CD],
    [0, 0, 0, 4]
];
var AcquireRoleRequest$ = [3, n0, _ARR,
    0,
    [_TA, _TMV, _RV],
    [0, 1, () => mapStringReplacementValueEntry], 1
];
var AcquireRoleResponse$ = [3, n0, _ARRc,
    0,
    [_Ro],
    [() => Role$], 1
];
var AddClientIDToOpenIDConnectProviderRequest$ = [3, n0, _ACIDTOIDCPR,
    0,
    [_OIDCPA, _CID],
    [0, 0], 2
];
var AddRoleToInstanceProfileRequest$ = [3, n0, _ARTIPR,
    0,
    [_IPN, _RN],
    [0, 0], 2
];
var AddUserToGroupRequest$ = [3, n0, _AUTGR,
    0,
    [_GN, _UN],
    [0, 0], 2
];
var AssociateDelegationRequestRequest$ = [3, n0, _ADRRs,
    0,
    [_DRI],
    [0], 1
];
var AttachedPermissionsBoundary$ = [3, n0, _APB,
    0,
    [_PBT, _PBA],
    [0, 0]
];
var AttachedPolicy$ = [3, n0, _AP,
    0,
    [_PN, _PA],
    [0, 0]
];
var AttachGroupPolicyRequest$ = [3, n0, _AGPR,
    0,
    [_GN, _PA],
    [0, 0], 2
];
var AttachRolePolicyRequest$ = [3, n0, _ARPR,
    0,
    [_RN, _PA],
    [0, 0], 2
];
var AttachUserPolicyRequest$ = [3, n0, _AUPR,
    0,
    [_UN, _PA],
    [0, 0], 2
];
var ChangePasswordRequest$ = [3, n0, _CPR,
    0,
    [_OP, _NP],
    [[() => passwordType, 0], [() => passwordType, 0]], 2
];
var ContextEntry$ = [3, n0, _CE,
    0,
    [_CKN, _CKV, _CKT],
    [0, 64 | 0, 0]
];
var CreateAccessKeyRequest$ = [3, n0, _CAKR,
    0,
    [_UN],
    [0]
];
var CreateAccessKeyResponse$ = [3, n0, _CAKRr,
    0,
    [_AK],
    [[() => AccessKey$, 0]], 1
];
var CreateAccountAliasRequest$ = [3, n0, _CAAR,
    0,
    [_AA],
    [0], 1
];
var CreateDelegationRequestRequest$ = [3, n0, _CDRR,
    0,
    [_D, _P, _RWI, _NC, _SD, _OAI, _RM, _RU, _OSBO],
    [0, () => DelegationPermission$, 0, 0, 1, 0, 0, 0, 2], 5
];
var CreateDelegationRequestResponse$ = [3, n0, _CDRRr,
    0,
    [_CDL, _DRI],
    [0, 0]
];
var CreateGroupRequest$ = [3, n0, _CGR,
    0,
    [_GN, _Pa],
    [0, 0], 1
];
var CreateGroupResponse$ = [3, n0, _CGRr,
    0,
    [_G],
    [() => Group$], 1
];
var CreateInstanceProfileRequest$ = [3, n0, _CIPR,
    0,
    [_IPN, _Pa, _T],
    [0, 0, () => tagListType], 1
];
var CreateInstanceProfileResponse$ = [3, n0, _CIPRr,
    0,
    [_IP],
    [() => InstanceProfile$], 1
];
var CreateLoginProfileRequest$ = [3, n0, _CLPR,
    0,
    [_UN, _Pas, _PRR],
    [0, [() => passwordType, 0], 2]
];
var CreateLoginProfileResponse$ = [3, n0, _CLPRr,
    0,
    [_LP],
    [() => LoginProfile$], 1
];
var CreateOpenIDConnectProviderRequest$ = [3, n0, _COIDCPR,
    0,
    [_U, _CIDL, _TL, _T],
    [0, 64 | 0, 64 | 0, () => tagListType], 1
];
var CreateOpenIDConnectProviderResponse$ = [3, n0, _COIDCPRr,
    0,
    [_OIDCPA, _T],
    [0, () => tagListType]
];
var CreatePolicyRequest$ = [3, n0, _CPRr,
    0,
    [_PN, _PD, _Pa, _D, _T],
    [0, 0, 0, 0, () => tagListType], 2
];
var CreatePolicyResponse$ = [3, n0, _CPRre,
    0,
    [_Po],
    [() => Policy$]
];
var CreatePolicyVersionRequest$ = [3, n0, _CPVR,
    0,
    [_PA, _PD, _SAD],
    [0, 0, 2], 2
];
var CreatePolicyVersionResponse$ = [3, n0, _CPVRr,
    0,
    [_PV],
    [() => PolicyVersion$]
];
var CreateRoleRequest$ = [3, n0, _CRR,
    0,
    [_RN, _ARPD, _Pa, _D, _MSD, _PB, _T],
    [0, 0, 0, 0, 1, 0, () => tagListType], 2
];
var CreateRoleResponse$ = [3, n0, _CRRr,
    0,
    [_Ro],
    [() => Role$], 1
];
var CreateSAMLProviderRequest$ = [3, n0, _CSAMLPR,
    0,
    [_SAMLMD, _N, _T, _AEM, _APK],
    [0, 0, () => tagListType, 0, [() => privateKeyType, 0]], 2
];
var CreateSAMLProviderResponse$ = [3, n0, _CSAMLPRr,
    0,
    [_SAMLPA, _T],
    [0, () => tagListType]
];
var CreateServiceLinkedRoleRequest$ = [3, n0, _CSLRR,
    0,
    [_AWSSN, _D, _CS],
    [0, 0, 0], 1
];
var CreateServiceLinkedRoleResponse$ = [3, n0, _CSLRRr,
    0,
    [_Ro],
    [() => Role$]
];
var CreateServiceSpecificCredentialRequest$ = [3, n0, _CSSCR,
    0,
    [_UN, _SN, _CAD],
    [0, 0, 1], 2
];
var CreateServiceSpecificCredentialResponse$ = [3, n0, _CSSCRr,
    0,
    [_SSC],
    [[() => ServiceSpecificCredential$, 0]]
];
var CreateUserRequest$ = [3, n0, _CUR,
    0,
    [_UN, _Pa, _PB, _T],
    [0, 0, 0, () => tagListType], 1
];
var CreateUserResponse$ = [3, n0, _CURr,
    0,
    [_Us],
    [() => User$]
];
var CreateVirtualMFADeviceRequest$ = [3, n0, _CVMFADR,
    0,
    [_VMFADN, _Pa, _T],
    [0, 0, () => tagListType], 1
];
var CreateVirtualMFADeviceResponse$ = [3, n0, _CVMFADRr,
    0,
    [_VMFAD],
    [[() => VirtualMFADevice$, 0]], 1
];
var DeactivateMFADeviceRequest$ = [3, n0, _DMFADR,
    0,
    [_SNer, _UN],
    [0, 0], 1
];
var DelegationPermission$ = [3, n0, _DP,
    0,
    [_PTA, _Par],
    [0, () => policyParameterListType]
];
var DelegationRequest$ = [3, n0, _DR,
    0,
    [_DRI, _OAI, _D, _RM, _P, _PP, _RPRA, _OI, _AI, _St, _ET, _RI, _RNe, _CD, _SD, _RU, _No, _RR, _OSBO, _UT],
    [0, 0, 0, 0, () => DelegationPermission$, 0, 64 | 0, 0, 0, 0, 4, 0, 0, 4, 1, 0, 0, 0, 2, 4]
];
var DeleteAccessKeyRequest$ = [3, n0, _DAKR,
    0,
    [_AKI, _UN],
    [0, 0], 1
];
var DeleteAccountAliasRequest$ = [3, n0, _DAAR,
    0,
    [_AA],
    [0], 1
];
var DeleteGroupPolicyRequest$ = [3, n0, _DGPR,
    0,
    [_GN, _PN],
    [0, 0], 2
];
var DeleteGroupRequest$ = [3, n0, _DGR,
    0,
    [_GN],
    [0], 1
];
var DeleteInstanceProfileRequest$ = [3, n0, _DIPR,
    0,
    [_IPN],
    [0], 1
];
var DeleteLoginProfileRequest$ = [3, n0, _DLPR,
    0,
    [_UN],
    [0]
];
var DeleteOpenIDConnectProviderRequest$ = [3, n0, _DOIDCPR,
    0,
    [_OIDCPA],
    [0], 1
];
var DeletePolicyRequest$ = [3, n0, _DPR,
    0,
    [_PA],
    [0], 1
];
var DeletePolicyVersionRequest$ = [3, n0, _DPVR,
    0,
    [_PA, _VI],
    [0, 0], 2
];
var DeleteRolePermissionsBoundaryRequest$ = [3, n0, _DRPBR,
    0,
    [_RN],
    [0], 1
];
var DeleteRolePolicyRequest$ = [3, n0, _DRPR,
    0,
    [_RN, _PN],
    [0, 0], 2
];
var DeleteRoleRequest$ = [3, n0, _DRR,
    0,
    [_RN],
    [0], 1
];
var DeleteSAMLProviderRequest$ = [3, n0, _DSAMLPR,
    0,
    [_SAMLPA],
    [0], 1
];
var DeleteServerCertificateRequest$ = [3, n0, _DSCR,
    0,
    [_SCN],
    [0], 1
];
var DeleteServiceLinkedRoleRequest$ = [3, n0, _DSLRR,
    0,
    [_RN],
    [0], 1
];
var DeleteServiceLinkedRoleResponse$ = [3, n0, _DSLRRe,
    0,
    [_DTI],
    [0], 1
];
var DeleteServiceSpecificCredentialRequest$ = [3, n0, _DSSCR,
    0,
    [_SSCI, _UN],
    [0, 0], 1
];
var DeleteSigningCertificateRequest$ = [3, n0, _DSCRe,
    0,
    [_CI, _UN],
    [0, 0], 1
];
var DeleteSSHPublicKeyRequest$ = [3, n0, _DSSHPKR,
    0,
    [_UN, _SSHPKI],
    [0, 0], 2
];
var DeleteUserPermissionsBoundaryRequest$ = [3, n0, _DUPBR,
    0,
    [_UN],
    [0], 1
];
var DeleteUserPolicyRequest$ = [3, n0, _DUPR,
    0,
    [_UN, _PN],
    [0, 0], 2
];
var DeleteUserRequest$ = [3, n0, _DUR,
    0,
    [_UN],
    [0], 1
];
var DeleteVirtualMFADeviceRequest$ = [3, n0, _DVMFADR,
    0,
    [_SNer],
    [0], 1
];
var DeletionTaskFailureReasonType$ = [3, n0, _DTFRT,
    0,
    [_Re, _RUL],
    [0, () => RoleUsageListType]
];
var DetachGroupPolicyRequest$ = [3, n0, _DGPRe,
    0,
    [_GN, _PA],
    [0, 0], 2
];
var DetachRolePolicyRequest$ = [3, n0, _DRPRe,
    0,
    [_RN, _PA],
    [0, 0], 2
];
var DetachUserPolicyRequest$ = [3, n0, _DUPRe,
    0,
    [_UN, _PA],
    [0, 0], 2
];
var DisableOrganizationsRootCredentialsManagementRequest$ = [3, n0, _DORCMR,
    0,
    [],
    []
];
var DisableOrganizationsRootCredentialsManagementResponse$ = [3, n0, _DORCMRi,
    0,
    [_OIr, _EF],
    [0, 64 | 0]
];
var DisableOrganizationsRootSessionsRequest$ = [3, n0, _DORSR,
    0,
    [],
    []
];
var DisableOrganizationsRootSessionsResponse$ = [3, n0, _DORSRi,
    0,
    [_OIr, _EF],
    [0, 64 | 0]
];
var EnableMFADeviceRequest$ = [3, n0, _EMFADR,
    0,
    [_UN, _SNer, _AC, _ACu],
    [0, 0, 0, 0], 4
];
var EnableOrganizationsRootCredentialsManagementRequest$ = [3, n0, _EORCMR,
    0,
    [],
    []
];
var EnableOrganizationsRootCredentialsManagementResponse$ = [3, n0, _EORCMRn,
    0,
    [_OIr, _EF],
    [0, 64 | 0]
];
var EnableOrganizationsRootSessionsRequest$ = [3, n0, _EORSR,
    0,
    [],
    []
];
var EnableOrganizationsRootSessionsResponse$ = [3, n0, _EORSRn,
    0,
    [_OIr, _EF],
    [0, 64 | 0]
];
var EnableOutboundWebIdentityFederationResponse$ = [3, n0, _EOWIFR,
    0,
    [_II],
    [0]
];
var EntityDetails$ = [3, n0, _ED,
    0,
    [_EI, _LA],
    [() => EntityInfo$, 4], 1
];
var EntityInfo$ = [3, n0, _EI,
    0,
    [_A, _N, _Ty, _I, _Pa],
    [0, 0, 0, 0, 0], 4
];
var ErrorDetails$ = [3, n0, _EDr,
    0,
    [_M, _C],
    [0, 0], 2
];
var EvaluationResult$ = [3, n0, _ER,
    0,
    [_EAN, _EDv, _ERN, _MS, _MCV, _ODD, _PBDD, _EDD, _RSR],
    [0, 0, 0, () => StatementListType, 64 | 0, () => OrganizationsDecisionDetail$, () => PermissionsBoundaryDecisionDetail$, 128 | 0, () => ResourceSpecificResultListType], 2
];
var GenerateCredentialReportResponse$ = [3, n0, _GCRR,
    0,
    [_St, _D],
    [0, 0]
];
var GenerateOrganizationsAccessReportRequest$ = [3, n0, _GOARR,
    0,
    [_EP, _OPI],
    [0, 0], 1
];
var GenerateOrganizationsAccessReportResponse$ = [3, n0, _GOARRe,
    0,
    [_JI],
    [0]
];
var GenerateServiceLastAccessedDetailsRequest$ = [3, n0, _GSLADR,
    0,
    [_A, _Gr],
    [0, 0], 1
];
var GenerateServiceLastAccessedDetailsResponse$ = [3, n0, _GSLADRe,
    0,
    [_JI],
    [0]
];
var GetAccessKeyLastUsedRequest$ = [3, n0, _GAKLUR,
    0,
    [_AKI],
    [0], 1
];
var GetAccessKeyLastUsedResponse$ = [3, n0, _GAKLURe,
    0,
    [_UN, _AKLU],
    [0, () => AccessKeyLastUsed$]
];
var GetAccountAuthorizationDetailsRequest$ = [3, n0, _GAADR,
    0,
    [_F, _MI, _Ma],
    [64 | 0, 1, 0]
];
var GetAccountAuthorizationDetailsResponse$ = [3, n0, _GAADRe,
    0,
    [_UDL, _GDL, _RDL, _Pol, _IT, _Ma],
    [() => userDetailListType, () => groupDetailListType, () => roleDetailListType, () => ManagedPolicyDetailListType, 2, 0]
];
var GetAccountPasswordPolicyResponse$ = [3, n0, _GAPPR,
    0,
    [_PPa],
    [() => PasswordPolicy$], 1
];
var GetAccountPropertiesRequest$ = [3, n0, _GAPR,
    0,
    [],
    []
];
var GetAccountPropertiesResponse$ = [3, n0, _GAPRe,
    0,
    [_Pr],
    [128 | 0]
];
var GetAccountSummaryResponse$ = [3, n0, _GASR,
    0,
    [_SM],
    [128 | 1]
];
var GetContextKeysForCustomPolicyRequest$ = [3, n0, _GCKFCPR,
    0,
    [_PIL],
    [64 | 0], 1
];
var GetContextKeysForPolicyResponse$ = [3, n0, _GCKFPR,
    0,
    [_CKNo],
    [64 | 0]
];
var GetContextKeysForPrincipalPolicyRequest$ = [3, n0, _GCKFPPR,
    0,
    [_PSA, _PIL],
    [0, 64 | 0], 1
];
var GetCredentialReportResponse$ = [3, n0, _GCRRe,
    0,
    [_Co, _RF, _GT],
    [21, 0, 4]
];
var GetDelegationRequestRequest$ = [3, n0, _GDRR,
    0,
    [_DRI, _DPC],
    [0, 2], 1
];
var GetDelegationRequestResponse$ = [3, n0, _GDRRe,
    0,
    [_DR, _PCS, _PCR],
    [() => DelegationRequest$, 0, 0]
];
var GetGroupPolicyRequest$ = [3, n0, _GGPR,
    0,
    [_GN, _PN],
    [0, 0], 2
];
var GetGroupPolicyResponse$ = [3, n0, _GGPRe,
    0,
    [_GN, _PN, _PD],
    [0, 0, 0], 3
];
var GetGroupRequest$ = [3, n0, _GGR,
    0,
    [_GN, _Ma, _MI],
    [0, 0, 1], 1
];
var GetGroupResponse$ = [3, n0, _GGRe,
    0,
    [_G, _Use, _IT, _Ma],
    [() => Group$, () => userListType, 2, 0], 2
];
var GetHumanReadableSummaryRequest$ = [3, n0, _GHRSR,
    0,
    [_EA, _L],
    [0, 0], 1
];
var GetHumanReadableSummaryResponse$ = [3, n0, _GHRSRe,
    0,
    [_SC, _L, _SS],
    [0, 0, 0]
];
var GetInstanceProfileRequest$ = [3, n0, _GIPR,
    0,
    [_IPN],
    [0], 1
];
var GetInstanceProfileResponse$ = [3, n0, _GIPRe,
    0,
    [_IP],
    [() => InstanceProfile$], 1
];
var GetLoginProfileRequest$ = [3, n0, _GLPR,
    0,
    [_UN],
    [0]
];
var GetLoginProfileResponse$ = [3, n0, _GLPRe,
    0,
    [_LP],
    [() => LoginProfile$], 1
];
var GetMFADeviceRequest$ = [3, n0, _GMFADR,
    0,
    [_SNer, _UN],
    [0, 0], 1
];
var GetMFADeviceResponse$ = [3, n0, _GMFADRe,
    0,
    [_SNer, _UN, _EDn, _Ce],
    [0, 0, 4, 128 | 0], 1
];
var GetOpenIDConnectProviderRequest$ = [3, n0, _GOIDCPR,
    0,
    [_OIDCPA],
    [0], 1
];
var GetOpenIDConnectProviderResponse$ = [3, n0, _GOIDCPRe,
    0,
    [_U, _CIDL, _TL, _CD, _T],
    [0, 64 | 0, 64 | 0, 4, () => tagListType]
];
var GetOrganizationsAccessReportRequest$ = [3, n0, _GOARRet,
    0,
    [_JI, _MI, _Ma, _SK],
    [0, 1, 0, 0], 1
];
var GetOrganizationsAccessReportResponse$ = [3, n0, _GOARRetr,
    0,
    [_JS, _JCD, _JCDo, _NOSA, _NOSNA, _ADc, _IT, _Ma, _EDr],
    [0, 4, 4, 1, 1, () => AccessDetails, 2, 0, () => ErrorDetails$], 2
];
var GetOutboundWebIdentityFederationInfoResponse$ = [3, n0, _GOWIFIR,
    0,
    [_II, _JVE],
    [0, 2]
];
var GetPolicyRequest$ = [3, n0, _GPR,
    0,
    [_PA],
    [0], 1
];
var GetPolicyResponse$ = [3, n0, _GPRe,
    0,
    [_Po],
    [() => Policy$]
];
var GetPolicyVersionRequest$ = [3, n0, _GPVR,
    0,
    [_PA, _VI],
    [0, 0], 2
];
var GetPolicyVersionResponse$ = [3, n0, _GPVRe,
    0,
    [_PV],
    [() => PolicyVersion$]
];
var GetRolePolicyRequest$ = [3, n0, _GRPR,
    0,
    [_RN, _PN],
    [0, 0], 2
];
var GetRolePolicyResponse$ = [3, n0, _GRPRe,
    0,
    [_RN, _PN, _PD],
    [0, 0, 0], 3
];
var GetRoleRequest$ = [3, n0, _GRR,
    0,
    [_RN],
    [0], 1
];
var GetRoleResponse$ = [3, n0, _GRRe,
    0,
    [_Ro],
    [() => Role$], 1
];
var GetRoleTemplateVersionRequest$ = [3, n0, _GRTVR,
    0,
    [_TA, _MV],
    [0, 1], 1
];
var GetRoleTemplateVersionResponse$ = [3, n0, _GRTVRe,
    0,
    [_RTV],
    [() => RoleTemplateVersion$], 1
];
var GetSAMLProviderRequest$ = [3, n0, _GSAMLPR,
    0,
    [_SAMLPA],
    [0], 1
];
var GetSAMLProviderResponse$ = [3, n0, _GSAMLPRe,
    0,
    [_SAMLPUUID, _SAMLMD, _CD, _VU, _T, _AEM, _PKL],
    [0, 0, 4, 4, () => tagListType, 0, () => privateKeyList]
];
var GetServerCertificateRequest$ = [3, n0, _GSCR,
    0,
    [_SCN],
    [0], 1
];
var GetServerCertificateResponse$ = [3, n0, _GSCRe,
    0,
    [_SCe],
    [() => ServerCertificate$], 1
];
var GetServiceLastAccessedDetailsRequest$ = [3, n0, _GSLADRet,
    0,
    [_JI, _MI, _Ma],
    [0, 1, 0], 1
];
var GetServiceLastAccessedDetailsResponse$ = [3, n0, _GSLADRete,
    0,
    [_JS, _JCD, _SLA, _JCDo, _JT, _IT, _Ma, _E],
    [0, 4, () => ServicesLastAccessed, 4, 0, 2, 0, () => ErrorDetails$], 4
];
var GetServiceLastAccessedDetailsWithEntitiesRequest$ = [3, n0, _GSLADWER,
    0,
    [_JI, _SNe, _MI, _Ma],
    [0, 0, 1, 0], 2
];
var GetServiceLastAccessedDetailsWithEntitiesResponse$ = [3, n0, _GSLADWERe,
    0,
    [_JS, _JCD, _JCDo, _EDL, _IT, _Ma, _E],
    [0, 4, 4, () => entityDetailsListType, 2, 0, () => ErrorDetails$], 4
];
var GetServiceLinkedRoleDeletionStatusRequest$ = [3, n0, _GSLRDSR,
    0,
    [_DTI],
    [0], 1
];
var GetServiceLinkedRoleDeletionStatusResponse$ = [3, n0, _GSLRDSRe,
    0,
    [_S, _Re],
    [0, () => DeletionTaskFailureReasonType$], 1
];
var GetSSHPublicKeyRequest$ = [3, n0, _GSSHPKR,
    0,
    [_UN, _SSHPKI, _En],
    [0, 0, 0], 3
];
var GetSSHPublicKeyResponse$ = [3, n0, _GSSHPKRe,
    0,
    [_SSHPK],
    [() => SSHPublicKey$]
];
var GetUserPolicyRequest$ = [3, n0, _GUPR,
    0,
    [_UN, _PN],
    [0, 0], 2
];
var GetUserPolicyResponse$ = [3, n0, _GUPRe,
    0,
    [_UN, _PN, _PD],
    [0, 0, 0], 3
];
var GetUserRequest$ = [3, n0, _GUR,
    0,
    [_UN],
    [0]
];
var GetUserResponse$ = [3, n0, _GURe,
    0,
    [_Us],
    [() => User$], 1
];
var Group$ = [3, n0, _G,
    0,
    [_Pa, _GN, _GI, _A, _CD],
    [0, 0, 0, 0, 4], 5
];
var GroupDetail$ = [3, n0, _GD,
    0,
    [_Pa, _GN, _GI, _A, _CD, _GPL, _AMP],
    [0, 0, 0, 0, 4, () => policyDetailListType, () => attachedPoliciesListType]
];
var InlinePolicy$ = [3, n0, _IPn,
    0,
    [_PN, _PD],
    [0, 0], 2
];
var InlinePolicyIdentifierType$ = [3, n0, _IPIT,
    0,
    [_PN, _AT, _AN],
    [0, 0, 0], 3
];
var InstanceProfile$ = [3, n0, _IP,
    0,
    [_Pa, _IPN, _IPI, _A, _CD, _Rol, _T],
    [0, 0, 0, 0, 4, () => roleListType, () => tagListType], 6
];
var ListAccessKeysRequest$ = [3, n0, _LAKR,
    0,
    [_UN, _Ma, _MI],
    [0, 0, 1]
];
var ListAccessKeysResponse$ = [3, n0, _LAKRi,
    0,
    [_AKM, _IT, _Ma],
    [() => accessKeyMetadataListType, 2, 0], 1
];
var ListAccountAliasesRequest$ = [3, n0, _LAAR,
    0,
    [_Ma, _MI],
    [0, 1]
];
var ListAccountAliasesResponse$ = [3, n0, _LAARi,
    0,
    [_AAc, _IT, _Ma],
    [64 | 0, 2, 0], 1
];
var ListAttachedGroupPoliciesRequest$ = [3, n0, _LAGPR,
    0,
    [_GN, _PPat, _Ma, _MI],
    [0, 0, 0, 1], 1
];
var ListAttachedGroupPoliciesResponse$ = [3, n0, _LAGPRi,
    0,
    [_APt, _IT, _Ma],
    [() => attachedPoliciesListType, 2, 0]
];
var ListAttachedRolePoliciesRequest$ = [3, n0, _LARPR,
    0,
    [_RN, _PPat, _Ma, _MI],
    [0, 0, 0, 1], 1
];
var ListAttachedRolePoliciesResponse$ = [3, n0, _LARPRi,
    0,
    [_APt, _IT, _Ma],
    [() => attachedPoliciesListType, 2, 0]
];
var ListAttachedUserPoliciesRequest$ = [3, n0, _LAUPR,
    0,
    [_UN, _PPat, _Ma, _MI],
    [0, 0, 0, 1], 1
];
var ListAttachedUserPoliciesResponse$ = [3, n0, _LAUPRi,
    0,
    [_APt, _IT, _Ma],
    [() => attachedPoliciesListType, 2, 0]
];
var ListDelegationRequestsRequest$ = [3, n0, _LDRR,
    0,
    [_OI, _Ma, _MI],
    [0, 0, 1]
];
var ListDelegationRequestsResponse$ = [3, n0, _LDRRi,
    0,
    [_DRe, _Ma, _iT],
    [() => delegationRequestsListType, 0, 2]
];
var ListEntitiesForPolicyRequest$ = [3, n0, _LEFPR,
    0,
    [_PA, _EFn, _PPat, _PUF, _Ma, _MI],
    [0, 0, 0, 0, 0, 1], 1
];
var ListEntitiesForPolicyResponse$ = [3, n0, _LEFPRi,
    0,
    [_PG, _PU, _PR, _IT, _Ma],
    [() => PolicyGroupListType, () => PolicyUserListType, () => PolicyRoleListType, 2, 0]
];
var ListGroupPoliciesRequest$ = [3, n0, _LGPR,
    0,
    [_GN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListGroupPoliciesResponse$ = [3, n0, _LGPRi,
    0,
    [_PNo, _IT, _Ma],
    [64 | 0, 2, 0], 1
];
var ListGroupsForUserRequest$ = [3, n0, _LGFUR,
    0,
    [_UN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListGroupsForUserResponse$ = [3, n0, _LGFURi,
    0,
    [_Gro, _IT, _Ma],
    [() => groupListType, 2, 0], 1
];
var ListGroupsRequest$ = [3, n0, _LGR,
    0,
    [_PPat, _Ma, _MI],
    [0, 0, 1]
];
var ListGroupsResponse$ = [3, n0, _LGRi,
    0,
    [_Gro, _IT, _Ma],
    [() => groupListType, 2, 0], 1
];
var ListInstanceProfilesForRoleRequest$ = [3, n0, _LIPFRR,
    0,
    [_RN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListInstanceProfilesForRoleResponse$ = [3, n0, _LIPFRRi,
    0,
    [_IPns, _IT, _Ma],
    [() => instanceProfileListType, 2, 0], 1
];
var ListInstanceProfilesRequest$ = [3, n0, _LIPR,
    0,
    [_PPat, _Ma, _MI],
    [0, 0, 1]
];
var ListInstanceProfilesResponse$ = [3, n0, _LIPRi,
    0,
    [_IPns, _IT, _Ma],
    [() => instanceProfileListType, 2, 0], 1
];
var ListInstanceProfileTagsRequest$ = [3, n0, _LIPTR,
    0,
    [_IPN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListInstanceProfileTagsResponse$ = [3, n0, _LIPTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListMFADevicesRequest$ = [3, n0, _LMFADR,
    0,
    [_UN, _Ma, _MI],
    [0, 0, 1]
];
var ListMFADevicesResponse$ = [3, n0, _LMFADRi,
    0,
    [_MFAD, _IT, _Ma],
    [() => mfaDeviceListType, 2, 0], 1
];
var ListMFADeviceTagsRequest$ = [3, n0, _LMFADTR,
    0,
    [_SNer, _Ma, _MI],
    [0, 0, 1], 1
];
var ListMFADeviceTagsResponse$ = [3, n0, _LMFADTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListOpenIDConnectProvidersRequest$ = [3, n0, _LOIDCPR,
    0,
    [],
    []
];
var ListOpenIDConnectProvidersResponse$ = [3, n0, _LOIDCPRi,
    0,
    [_OIDCPL],
    [() => OpenIDConnectProviderListType]
];
var ListOpenIDConnectProviderTagsRequest$ = [3, n0, _LOIDCPTR,
    0,
    [_OIDCPA, _Ma, _MI],
    [0, 0, 1], 1
];
var ListOpenIDConnectProviderTagsResponse$ = [3, n0, _LOIDCPTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListOrganizationsFeaturesRequest$ = [3, n0, _LOFR,
    0,
    [],
    []
];
var ListOrganizationsFeaturesResponse$ = [3, n0, _LOFRi,
    0,
    [_OIr, _EF],
    [0, 64 | 0]
];
var ListPoliciesGrantingServiceAccessEntry$ = [3, n0, _LPGSAE,
    0,
    [_SNe, _Pol],
    [0, () => policyGrantingServiceAccessListType]
];
var ListPoliciesGrantingServiceAccessRequest$ = [3, n0, _LPGSAR,
    0,
    [_A, _SNerv, _Ma],
    [0, 64 | 0, 0], 2
];
var ListPoliciesGrantingServiceAccessResponse$ = [3, n0, _LPGSARi,
    0,
    [_PGSA, _IT, _Ma],
    [() => listPolicyGrantingServiceAccessResponseListType, 2, 0], 1
];
var ListPoliciesRequest$ = [3, n0, _LPR,
    0,
    [_Sc, _OA, _PPat, _PUF, _Ma, _MI],
    [0, 2, 0, 0, 0, 1]
];
var ListPoliciesResponse$ = [3, n0, _LPRi,
    0,
    [_Pol, _IT, _Ma],
    [() => policyListType, 2, 0]
];
var ListPolicyTagsRequest$ = [3, n0, _LPTR,
    0,
    [_PA, _Ma, _MI],
    [0, 0, 1], 1
];
var ListPolicyTagsResponse$ = [3, n0, _LPTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListPolicyVersionsRequest$ = [3, n0, _LPVR,
    0,
    [_PA, _Ma, _MI],
    [0, 0, 1], 1
];
var ListPolicyVersionsResponse$ = [3, n0, _LPVRi,
    0,
    [_V, _IT, _Ma],
    [() => policyDocumentVersionListType, 2, 0]
];
var ListRolePoliciesRequest$ = [3, n0, _LRPR,
    0,
    [_RN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListRolePoliciesResponse$ = [3, n0, _LRPRi,
    0,
    [_PNo, _IT, _Ma],
    [64 | 0, 2, 0], 1
];
var ListRolesRequest$ = [3, n0, _LRR,
    0,
    [_PPat, _Ma, _MI],
    [0, 0, 1]
];
var ListRolesResponse$ = [3, n0, _LRRi,
    0,
    [_Rol, _IT, _Ma],
    [() => roleListType, 2, 0], 1
];
var ListRoleTagsRequest$ = [3, n0, _LRTR,
    0,
    [_RN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListRoleTagsResponse$ = [3, n0, _LRTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListSAMLProvidersRequest$ = [3, n0, _LSAMLPR,
    0,
    [],
    []
];
var ListSAMLProvidersResponse$ = [3, n0, _LSAMLPRi,
    0,
    [_SAMLPL],
    [() => SAMLProviderListType]
];
var ListSAMLProviderTagsRequest$ = [3, n0, _LSAMLPTR,
    0,
    [_SAMLPA, _Ma, _MI],
    [0, 0, 1], 1
];
var ListSAMLProviderTagsResponse$ = [3, n0, _LSAMLPTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListServerCertificatesRequest$ = [3, n0, _LSCR,
    0,
    [_PPat, _Ma, _MI],
    [0, 0, 1]
];
var ListServerCertificatesResponse$ = [3, n0, _LSCRi,
    0,
    [_SCML, _IT, _Ma],
    [() => serverCertificateMetadataListType, 2, 0], 1
];
var ListServerCertificateTagsRequest$ = [3, n0, _LSCTR,
    0,
    [_SCN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListServerCertificateTagsResponse$ = [3, n0, _LSCTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListServiceSpecificCredentialsRequest$ = [3, n0, _LSSCR,
    0,
    [_UN, _SN, _AU, _Ma, _MI],
    [0, 0, 2, 0, 1]
];
var ListServiceSpecificCredentialsResponse$ = [3, n0, _LSSCRi,
    0,
    [_SSCe, _Ma, _IT],
    [() => ServiceSpecificCredentialsListType, 0, 2]
];
var ListSigningCertificatesRequest$ = [3, n0, _LSCRis,
    0,
    [_UN, _Ma, _MI],
    [0, 0, 1]
];
var ListSigningCertificatesResponse$ = [3, n0, _LSCRist,
    0,
    [_Cer, _IT, _Ma],
    [() => certificateListType, 2, 0], 1
];
var ListSSHPublicKeysRequest$ = [3, n0, _LSSHPKR,
    0,
    [_UN, _Ma, _MI],
    [0, 0, 1]
];
var ListSSHPublicKeysResponse$ = [3, n0, _LSSHPKRi,
    0,
    [_SSHPKu, _IT, _Ma],
    [() => SSHPublicKeyListType, 2, 0]
];
var ListUserPoliciesRequest$ = [3, n0, _LUPR,
    0,
    [_UN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListUserPoliciesResponse$ = [3, n0, _LUPRi,
    0,
    [_PNo, _IT, _Ma],
    [64 | 0, 2, 0], 1
];
var ListUsersRequest$ = [3, n0, _LUR,
    0,
    [_PPat, _Ma, _MI],
    [0, 0, 1]
];
var ListUsersResponse$ = [3, n0, _LURi,
    0,
    [_Use, _IT, _Ma],
    [() => userListType, 2, 0], 1
];
var ListUserTagsRequest$ = [3, n0, _LUTR,
    0,
    [_UN, _Ma, _MI],
    [0, 0, 1], 1
];
var ListUserTagsResponse$ = [3, n0, _LUTRi,
    0,
    [_T, _IT, _Ma],
    [() => tagListType, 2, 0], 1
];
var ListVirtualMFADevicesRequest$ = [3, n0, _LVMFADR,
    0,
    [_AS, _Ma, _MI],
    [0, 0, 1]
];
var ListVirtualMFADevicesResponse$ = [3, n0, _LVMFADRi,
    0,
    [_VMFADi, _IT, _Ma],
    [[() => virtualMFADeviceListType, 0], 2, 0], 1
];
var LoginProfile$ = [3, n0, _LP,
    0,
    [_UN, _CD, _PRR],
    [0, 4, 2], 2
];
var ManagedPolicyDetail$ = [3, n0, _MPD,
    0,
    [_PN, _PI, _A, _Pa, _DVI, _ACt, _PBUC, _IA, _D, _CD, _UD, _PVL],
    [0, 0, 0, 0, 0, 1, 1, 2, 0, 4, 4, () => policyDocumentVersionListType]
];
var MFADevice$ = [3, n0, _MFADe,
    0,
    [_UN, _SNer, _EDn],
    [0, 0, 4], 3
];
var OpenIDConnectProviderListEntry$ = [3, n0, _OIDCPLE,
    0,
    [_A],
    [0]
];
var OrderedOrganizationPolicyType$ = [3, n0, _OOPT,
    0,
    [_SCPIL],
    [64 | 0]
];
var OrganizationsDecisionDetail$ = [3, n0, _ODD,
    0,
    [_ABO],
    [2]
];
var ParameterDefinition$ = [3, n0, _PDa,
    0,
    [_N, _Ty, _ST, _D, _IR, _DV, _Im],
    [0, 0, 0, 0, 2, 0, 2], 2
];
var PasswordPolicy$ = [3, n0, _PPa,
    0,
    [_MPL, _RS, _RNeq, _RUC, _RLC, _AUTCP, _EPx, _MPA, _PRP, _HE],
    [1, 2, 2, 2, 2, 2, 2, 1, 1, 2]
];
var PermissionsBoundaryDecisionDetail$ = [3, n0, _PBDD,
    0,
    [_ABPB],
    [2]
];
var Policy$ = [3, n0, _Po,
    0,
    [_PN, _PI, _A, _Pa, _DVI, _ACt, _PBUC, _IA, _D, _CD, _UD, _T],
    [0, 0, 0, 0, 0, 1, 1, 2, 0, 4, 4, () => tagListType]
];
var PolicyDetail$ = [3, n0, _PDo,
    0,
    [_PN, _PD],
    [0, 0]
];
var PolicyGrantingServiceAccess$ = [3, n0, _PGSAo,
    0,
    [_PN, _PT, _PA, _ETn, _EN],
    [0, 0, 0, 0, 0], 2
];
var PolicyGroup$ = [3, n0, _PGo,
    0,
    [_GN, _GI],
    [0, 0]
];
var PolicyParameter$ = [3, n0, _PPo,
    0,
    [_N, _Va, _Ty],
    [0, 64 | 0, 0]
];
var PolicyRole$ = [3, n0, _PRo,
    0,
    [_RN, _RIo],
    [0, 0]
];
var PolicyUser$ = [3, n0, _PUo,
    0,
    [_UN, _UI],
    [0, 0]
];
var PolicyVersion$ = [3, n0, _PV,
    0,
    [_Do, _VI, _IDV, _CD],
    [0, 0, 2, 4]
];
var Position$ = [3, n0, _Pos,
    0,
    [_Li, _Col],
    [1, 1]
];
var PutAccountPropertiesRequest$ = [3, n0, _PAPR,
    0,
    [_Pr],
    [128 | 0], 1
];
var PutAccountPropertiesResponse$ = [3, n0, _PAPRu,
    0,
    [],
    []
];
var PutGroupPolicyRequest$ = [3, n0, _PGPR,
    0,
    [_GN, _PN, _PD],
    [0, 0, 0], 3
];
var PutRolePermissionsBoundaryRequest$ = [3, n0, _PRPBR,
    0,
    [_RN, _PB],
    [0, 0], 2
];
var PutRolePolicyRequest$ = [3, n0, _PRPR,
    0,
    [_RN, _PN, _PD],
    [0, 0, 0], 3
];
var PutUserPermissionsBoundaryRequest$ = [3, n0, _PUPBR,
    0,
    [_UN, _PB],
    [0, 0], 2
];
var PutUserPolicyRequest$ = [3, n0, _PUPR,
    0,
    [_UN, _PN, _PD],
    [0, 0, 0], 3
];
var RejectDelegationRequestRequest$ = [3, n0, _RDRR,
    0,
    [_DRI, _No],
    [0, 0], 1
];
var RemoveClientIDFromOpenIDConnectProviderRequest$ = [3, n0, _RCIDFOIDCPR,
    0,
    [_OIDCPA, _CID],
    [0, 0], 2
];
var RemoveRoleFromInstanceProfileRequest$ = [3, n0, _RRFIPR,
    0,
    [_IPN, _RN],
    [0, 0], 2
];
var RemoveUserFromGroupRequest$ = [3, n0, _RUFGR,
    0,
    [_GN, _UN],
    [0, 0], 2
];
var ReplacementValueEntry$ = [3, n0, _RVE,
    0,
    [_Va],
    [64 | 0], 1
];
var ResetServiceSpecificCredentialRequest$ = [3, n0, _RSSCR,
    0,
    [_SSCI, _UN],
    [0, 0], 1
];
var ResetServiceSpecificCredentialResponse$ = [3, n0, _RSSCRe,
    0,
    [_SSC],
    [[() => ServiceSpecificCredential$, 0]]
];
var ResourceSpecificResult$ = [3, n0, _RSRe,
    0,
    [_ERN, _ERD, _MS, _MCV, _EDD, _PBDD],
    [0, 0, () => StatementListType, 64 | 0, 128 | 0, () => PermissionsBoundaryDecisionDetail$], 2
];
var ResyncMFADeviceRequest$ = [3, n0, _RMFADR,
    0,
    [_UN, _SNer, _AC, _ACu],
    [0, 0, 0, 0], 4
];
var Role$ = [3, n0, _Ro,
    0,
    [_Pa, _RN, _RIo, _A, _CD, _ARPD, _D, _MSD, _PB, _T, _RLU, _SRT],
    [0, 0, 0, 0, 4, 0, 0, 1, () => AttachedPermissionsBoundary$, () => tagListType, () => RoleLastUsed$, () => SourceRoleTemplate$], 5
];
var RoleDetail$ = [3, n0, _RD,
    0,
    [_Pa, _RN, _RIo, _A, _CD, _ARPD, _IPL, _RPL, _AMP, _PB, _T, _RLU],
    [0, 0, 0, 0, 4, 0, () => instanceProfileListType, () => policyDetailListType, () => attachedPoliciesListType, () => AttachedPermissionsBoundary$, () => tagListType, () => RoleLastUsed$]
];
var RoleLastUsed$ = [3, n0, _RLU,
    0,
    [_LUD, _R],
    [4, 0]
];
var RoleTemplateVersion$ = [3, n0, _RTV,
    0,
    [_TA, _TN, _TVI, _D, _MVa, _DMV, _MBT, _MBV, _Ena, _MV, _RNP, _RPP, _RDP, _ARPDT, _IPT, _MPAa, _PBAe, _PDar, _RTT, _MSD, _VE, _CT, _UTp],
    [0, 0, 0, 0, 1, 1, 0, 0, 2, 1, 0, 0, 0, 0, () => inlinePolicyTemplateListType, 64 | 0, 0, () => parametersDefinitionListType, () => tagTemplateListType, 1, 2, 4, 4]
];
var RoleUsageType$ = [3, n0, _RUT,
    0,
    [_R, _Res],
    [0, 64 | 0]
];
var SAMLPrivateKey$ = [3, n0, _SAMLPK,
    0,
    [_KI, _Ti],
    [0, 4]
];
var SAMLProviderListEntry$ = [3, n0, _SAMLPLE,
    0,
    [_A, _VU, _CD],
    [0, 4, 4]
];
var SendDelegationTokenRequest$ = [3, n0, _SDTR,
    0,
    [_DRI],
    [0], 1
];
var ServerCertificate$ = [3, n0, _SCe,
    0,
    [_SCM, _CB, _CC, _T],
    [() => ServerCertificateMetadata$, 0, 0, () => tagListType], 2
];
var ServerCertificateMetadata$ = [3, n0, _SCM,
    0,
    [_Pa, _SCN, _SCI, _A, _UDp, _Ex],
    [0, 0, 0, 0, 4, 4], 4
];
var ServiceLastAccessed$ = [3, n0, _SLAe,
    0,
    [_SN, _SNe, _LA, _LAE, _LAR, _TAE, _TALA],
    [0, 0, 4, 0, 0, 1, () => TrackedActionsLastAccessed], 2
];
var ServiceSpecificCredential$ = [3, n0, _SSC,
    0,
    [_CD, _SN, _SSCI, _UN, _S, _EDx, _SUN, _SP, _SCA, _SCS],
    [4, 0, 0, 0, 0, 4, 0, [() => servicePassword, 0], 0, [() => serviceCredentialSecret, 0]], 5
];
var ServiceSpecificCredentialMetadata$ = [3, n0, _SSCM,
    0,
    [_UN, _S, _CD, _SSCI, _SN, _SUN, _SCA, _EDx],
    [0, 0, 4, 0, 0, 0, 0, 4], 5
];
var SetDefaultPolicyVersionRequest$ = [3, n0, _SDPVR,
    0,
    [_PA, _VI],
    [0, 0], 2
];
var SetSecurityTokenServicePreferencesRequest$ = [3, n0, _SSTSPR,
    0,
    [_GETV],
    [0], 1
];
var SigningCertificate$ = [3, n0, _SCi,
    0,
    [_UN, _CI, _CB, _S, _UDp],
    [0, 0, 0, 0, 4], 4
];
var SimulateCustomPolicyRequest$ = [3, n0, _SCPR,
    0,
    [_PIL, _ANc, _PBPIL, _OOPIL, _RA, _RP, _RO, _CA, _CEo, _RHO, _MI, _Ma],
    [64 | 0, 64 | 0, 64 | 0, () => OrganizationPolicyListType, 64 | 0, 0, 0, 0, () => ContextEntryListType, 0, 1, 0], 2
];
var SimulatePolicyResponse$ = [3, n0, _SPR,
    0,
    [_ERv, _IT, _Ma],
    [() => EvaluationResultsListType, 2, 0]
];
var SimulatePrincipalPolicyRequest$ = [3, n0, _SPPR,
    0,
    [_PSA, _ANc, _PIL, _PBPIL, _PEL, _RA, _RP, _RO, _CA, _CEo, _RHO, _MI, _Ma],
    [0, 64 | 0, 64 | 0, 64 | 0, () => PolicyExclusionsListType, 64 | 0, 0, 0, 0, () => ContextEntryListType, 0, 1, 0], 2
];
var SourceRoleTemplate$ = [3, n0, _SRT,
    0,
    [_TA, _TMV],
    [0, 1], 2
];
var SSHPublicKey$ = [3, n0, _SSHPK,
    0,
    [_UN, _SSHPKI, _Fi, _SSHPKB, _S, _UDp],
    [0, 0, 0, 0, 0, 4], 5
];
var SSHPublicKeyMetadata$ = [3, n0, _SSHPKM,
    0,
    [_UN, _SSHPKI, _S, _UDp],
    [0, 0, 0, 4], 4
];
var Statement$ = [3, n0, _Sta,
    0,
    [_SPI, _SPT, _SPt, _EPn],
    [0, 0, () => Position$, () => Position$]
];
var Tag$ = [3, n0, _Ta,
    0,
    [_K, _Val],
    [0, 0], 2
];
var TagInstanceProfileRequest$ = [3, n0, _TIPR,
    0,
    [_IPN, _T],
    [0, () => tagListType], 2
];
var TagMFADeviceRequest$ = [3, n0, _TMFADR,
    0,
    [_SNer, _T],
    [0, () => tagListType], 2
];
var TagOpenIDConnectProviderRequest$ = [3, n0, _TOIDCPR,
    0,
    [_OIDCPA, _T],
    [0, () => tagListType], 2
];
var TagPolicyRequest$ = [3, n0, _TPR,
    0,
    [_PA, _T],
    [0, () => tagListType], 2
];
var TagRoleRequest$ = [3, n0, _TRR,
    0,
    [_RN, _T],
    [0, () => tagListType], 2
];
var TagSAMLProviderRequest$ = [3, n0, _TSAMLPR,
    0,
    [_SAMLPA, _T],
    [0, () => tagListType], 2
];
var TagServerCertificateRequest$ = [3, n0, _TSCR,
    0,
    [_SCN, _T],
    [0, () => tagListType], 2
];
var TagTemplate$ = [3, n0, _TT,
    0,
    [_K, _Val],
    [0, 0], 2
];
var TagUserRequest$ = [3, n0, _TUR,
    0,
    [_UN, _T],
    [0, () => tagListType], 2
];
var TrackedActionLastAccessed$ = [3, n0, _TALAr,
    0,
    [_ANct, _LAEa, _LATa, _LARa],
    [0, 0, 4, 0]
];
var UntagInstanceProfileRequest$ = [3, n0, _UIPR,
    0,
    [_IPN, _TK],
    [0, 64 | 0], 2
];
var UntagMFADeviceRequest$ = [3, n0, _UMFADR,
    0,
    [_SNer, _TK],
    [0, 64 | 0], 2
];
var UntagOpenIDConnectProviderRequest$ = [3, n0, _UOIDCPR,
    0,
    [_OIDCPA, _TK],
    [0, 64 | 0], 2
];
var UntagPolicyRequest$ = [3, n0, _UPR,
    0,
    [_PA, _TK],
    [0, 64 | 0], 2
];
var UntagRoleRequest$ = [3, n0, _URR,
    0,
    [_RN, _TK],
    [0, 64 | 0], 2
];
var UntagSAMLProviderRequest$ = [3, n0, _USAMLPR,
    0,
    [_SAMLPA, _TK],
    [0, 64 | 0], 2
];
var UntagServerCertificateRequest$ = [3, n0, _USCR,
    0,
    [_SCN, _TK],
    [0, 64 | 0], 2
];
var UntagUserRequest$ = [3, n0, _UUR,
    0,
    [_UN, _TK],
    [0, 64 | 0], 2
];
var UpdateAccessKeyRequest$ = [3, n0, _UAKR,
    0,
    [_AKI, _S, _UN],
    [0, 0, 0], 2
];
var UpdateAccountPasswordPolicyRequest$ = [3, n0, _UAPPR,
    0,
    [_MPL, _RS, _RNeq, _RUC, _RLC, _AUTCP, _MPA, _PRP, _HE],
    [1, 2, 2, 2, 2, 2, 1, 1, 2]
];
var UpdateAssumeRolePolicyRequest$ = [3, n0, _UARPR,
    0,
    [_RN, _PD],
    [0, 0], 2
];
var UpdateDelegationRequestRequest$ = [3, n0, _UDRR,
    0,
    [_DRI, _No],
    [0, 0], 1
];
var UpdateGroupRequest$ = [3, n0, _UGR,
    0,
    [_GN, _NPe, _NGN],
    [0, 0, 0], 1
];
var UpdateLoginProfileRequest$ = [3, n0, _ULPR,
    0,
    [_UN, _Pas, _PRR],
    [0, [() => passwordType, 0], 2], 1
];
var UpdateOpenIDConnectProviderThumbprintRequest$ = [3, n0, _UOIDCPTR,
    0,
    [_OIDCPA, _TL],
    [0, 64 | 0], 2
];
var UpdateRoleDescriptionRequest$ = [3, n0, _URDR,
    0,
    [_RN, _D],
    [0, 0], 2
];
var UpdateRoleDescriptionResponse$ = [3, n0, _URDRp,
    0,
    [_Ro],
    [() => Role$]
];
var UpdateRoleRequest$ = [3, n0, _URRp,
    0,
    [_RN, _D, _MSD],
    [0, 0, 1], 1
];
var UpdateRoleResponse$ = [3, n0, _URRpd,
    0,
    [],
    []
];
var UpdateSAMLProviderRequest$ = [3, n0, _USAMLPRp,
    0,
    [_SAMLPA, _SAMLMD, _AEM, _APK, _RPK],
    [0, 0, 0, [() => privateKeyType, 0], 0], 1
];
var UpdateSAMLProviderResponse$ = [3, n0, _USAMLPRpd,
    0,
    [_SAMLPA],
    [0]
];
var UpdateServerCertificateRequest$ = [3, n0, _USCRp,
    0,
    [_SCN, _NPe, _NSCN],
    [0, 0, 0], 1
];
var UpdateServiceSpecificCredentialRequest$ = [3, n0, _USSCR,
    0,
    [_SSCI, _S, _UN],
    [0, 0, 0], 2
];
var UpdateSigningCertificateRequest$ = [3, n0, _USCRpd,
    0,
    [_CI, _S, _UN],
    [0, 0, 0], 2
];
var UpdateSSHPublicKeyRequest$ = [3, n0, _USSHPKR,
    0,
    [_UN, _SSHPKI, _S],
    [0, 0, 0], 3
];
var UpdateUserRequest$ = [3, n0, _UURp,
    0,
    [_UN, _NPe, _NUN],
    [0, 0, 0], 1
];
var UploadServerCertificateRequest$ = [3, n0, _USCRpl,
    0,
    [_SCN, _CB, _PK, _Pa, _CC, _T],
    [0, 0, [() => privateKeyType, 0], 0, 0, () => tagListType], 3
];
var UploadServerCertificateResponse$ = [3, n0, _USCRplo,
    0,
    [_SCM, _T],
    [() => ServerCertificateMetadata$, () => tagListType]
];
var UploadSigningCertificateRequest$ = [3, n0, _USCRploa,
    0,
    [_CB, _UN],
    [0, 0], 1
];
var UploadSigningCertificateResponse$ = [3, n0, _USCRpload,
    0,
    [_Cert],
    [() => SigningCertificate$], 1
];
var UploadSSHPublicKeyRequest$ = [3, n0, _USSHPKRp,
    0,
    [_UN, _SSHPKB],
    [0, 0], 2
];
var UploadSSHPublicKeyResponse$ = [3, n0, _USSHPKRpl,
    0,
    [_SSHPK],
    [() => SSHPublicKey$]
];
var User$ = [3, n0, _Us,
    0,
    [_Pa, _UN, _UI, _A, _CD, _PLU, _PB, _T],
    [0, 0, 0, 0, 4, 4, () => AttachedPermissionsBoundary$, () => tagListType], 5
];
var UserDetail$ = [3, n0, _UDs,
    0,
    [_Pa, _UN, _UI, _A, _CD, _UPL, _GL, _AMP, _PB, _T],
    [0, 0, 0, 0, 4, () => policyDetailListType, 64 | 0, () => attachedPoliciesListType, () => AttachedPermissionsBoundary$, () => tagListType]
];
var VirtualMFADevice$ = [3, n0, _VMFAD,
    0,
    [_SNer, _BSS, _QRCPNG, _Us, _EDn, _T],
    [0, [() => BootstrapDatum, 0], [() => BootstrapDatum, 0], () => User$, 4, () => tagListType], 1
];
var __Unit = "unit";
var AccessDetails = [1, n0, _ADc,
    0, () => AccessDetail$
];
var accessKeyMetadataListType = [1, n0, _aKMLT,
    0, () => AccessKeyMetadata$
];
var accountAliasListType = (/* unused pure expression or super */ null && (64 | 0));
var ActionNameListType = (/* unused pure expression or super */ null && (64 | 0));
var ArnListType = (/* unused pure expression or super */ null && (64 | 0));
var attachedPoliciesListType = [1, n0, _aPLT,
    0, () => AttachedPolicy$
];
var certificateListType = [1, n0, _cLT,
    0, () => SigningCertificate$
];
var clientIDListType = (/* unused pure expression or super */ null && (64 | 0));
var ContextEntryListType = [1, n0, _CELT,
    0, () => ContextEntry$
];
var ContextKeyNamesResultListType = (/* unused pure expression or super */ null && (64 | 0));
var ContextKeyValueListType = (/* unused pure expression or super */ null && (64 | 0));
var delegationRequestsListType = [1, n0, _dRLT,
    0, () => DelegationRequest$
];
var entityDetailsListType = [1, n0, _eDLT,
    0, () => EntityDetails$
];
var entityListType = (/* unused pure expression or super */ null && (64 | 0));
var EvaluationResultsListType = [1, n0, _ERLT,
    0, () => EvaluationResult$
];
var FeaturesListType = (/* unused pure expression or super */ null && (64 | 0));
var groupDetailListType = [1, n0, _gDLT,
    0, () => GroupDetail$
];
var groupListType = [1, n0, _gLT,
    0, () => Group$
];
var groupNameListType = (/* unused pure expression or super */ null && (64 | 0));
var inlinePolicyTemplateListType = [1, n0, _iPTLT,
    0, () => InlinePolicy$
];
var instanceProfileListType = [1, n0, _iPLT,
    0, () => InstanceProfile$
];
var listPolicyGrantingServiceAccessResponseListType = [1, n0, _lPGSARLT,
    0, () => ListPoliciesGrantingServiceAccessEntry$
];
var managedPolicyArnListType = (/* unused pure expression or super */ null && (64 | 0));
var ManagedPolicyDetailListType = [1, n0, _MPDLT,
    0, () => ManagedPolicyDetail$
];
var mfaDeviceListType = [1, n0, _mDLT,
    0, () => MFADevice$
];
var OpenIDConnectProviderListType = [1, n0, _OIDCPLT,
    0, () => OpenIDConnectProviderListEntry$
];
var OrganizationPolicyListType = [1, n0, _OPLT,
    0, () => OrderedOrganizationPolicyType$
];
var parametersDefinitionListType = [1, n0, _pDLT,
    0, () => ParameterDefinition$
];
var policyDetailListType = [1, n0, _pDLTo,
    0, () => PolicyDetail$
];
var policyDocumentVersionListType = [1, n0, _pDVLT,
    0, () => PolicyVersion$
];
var PolicyExclusionsListType = [1, n0, _PELT,
    0, () => PolicyIdentifier$
];
var policyGrantingServiceAccessListType = [1, n0, _pGSALT,
    0, () => PolicyGrantingServiceAccess$
];
var PolicyGroupListType = [1, n0, _PGLT,
    0, () => PolicyGroup$
];
var policyListType = [1, n0, _pLT,
    0, () => Policy$
];
var policyNameListType = (/* unused pure expression or super */ null && (64 | 0));
var policyParameterListType = [1, n0, _pPLT,
    0, () => PolicyParameter$
];
var policyParameterValuesListType = (/* unused pure expression or super */ null && (64 | 0));
var PolicyRoleListType = [1, n0, _PRLT,
    0, () => PolicyRole$
];
var PolicyUserListType = [1, n0, _PULT,
    0, () => PolicyUser$
];
var privateKeyList = [1, n0, _pKL,
    0, () => SAMLPrivateKey$
];
var replacementValueListType = (/* unused pure expression or super */ null && (64 | 0));
var ResourceNameListType = (/* unused pure expression or super */ null && (64 | 0));
var ResourceSpecificResultListType = [1, n0, _RSRLT,
    0, () => ResourceSpecificResult$
];
var roleDetailListType = [1, n0, _rDLT,
    0, () => RoleDetail$
];
var roleListType = [1, n0, _rLT,
    0, () => Role$
];
var rolePermissionRestrictionArnListType = (/* unused pure expression or super */ null && (64 | 0));
var RoleUsageListType = [1, n0, _RULT,
    0, () => RoleUsageType$
];
var SAMLProviderListType = [1, n0, _SAMLPLT,
    0, () => SAMLProviderListEntry$
];
var serverCertificateMetadataListType = [1, n0, _sCMLT,
    0, () => ServerCertificateMetadata$
];
var serviceNamespaceListType = (/* unused pure expression or super */ null && (64 | 0));
var ServicesLastAccessed = [1, n0, _SLA,
    0, () => ServiceLastAccessed$
];
var ServiceSpecificCredentialsListType = [1, n0, _SSCLT,
    0, () => ServiceSpecificCredentialMetadata$
];
var SimulationPolicyListType = (/* unused pure expression or super */ null && (64 | 0));
var SSHPublicKeyListType = [1, n0, _SSHPKLT,
    0, () => SSHPublicKeyMetadata$
];
var StatementListType = [1, n0, _SLT,
    0, () => Statement$
];
var tagKeyListType = (/* unused pure expression or super */ null && (64 | 0));
var tagListType = [1, n0, _tLT,
    0, () => Tag$
];
var tagTemplateListType = [1, n0, _tTLT,
    0, () => TagTemplate$
];
var thumbprintListType = (/* unused pure expression or super */ null && (64 | 0));
var TrackedActionsLastAccessed = [1, n0, _TALA,
    0, () => TrackedActionLastAccessed$
];
var userDetailListType = [1, n0, _uDLT,
    0, () => UserDetail$
];
var userListType = [1, n0, _uLT,
    0, () => User$
];
var virtualMFADeviceListType = [1, n0, _vMFADLT,
    0, [() => VirtualMFADevice$,
        0]
];
var accountPropertiesMapType = (/* unused pure expression or super */ null && (128 | 0));
var CertificationMapType = (/* unused pure expression or super */ null && (128 | 0));
var EvalDecisionDetailsType = (/* unused pure expression or super */ null && (128 | 0));
var mapStringReplacementValueEntry = [2, n0, _mSRVE,
    0, 0, () => ReplacementValueEntry$
];
var summaryMapType = (/* unused pure expression or super */ null && (128 | 1));
var PolicyIdentifier$ = [4, n0, _PIo,
    0,
    [_PT, _PA, _IPIn],
    [0, 0, () => InlinePolicyIdentifierType$]
];
var AcceptDelegationRequest$ = [9, n0, _ADR,
    0, () => AcceptDelegationRequestRequest$, () => __Unit
];
var AcquireRole$ = [9, n0, _AR,
    0, () => AcquireRoleRequest$, () => AcquireRoleResponse$
];
var AddClientIDToOpenIDConnectProvider$ = [9, n0, _ACIDTOIDCP,
    0, () => AddClientIDToOpenIDConnectProviderRequest$, () => __Unit
];
var AddRoleToInstanceProfile$ = [9, n0, _ARTIP,
    0, () => AddRoleToInstanceProfileRequest$, () => __Unit
];
var AddUserToGroup$ = [9, n0, _AUTG,
    0, () => AddUserToGroupRequest$, () => __Unit
];
var AssociateDelegationRequest$ = [9, n0, _ADRs,
    0, () => AssociateDelegationRequestRequest$, () => __Unit
];
var AttachGroupPolicy$ = [9, n0, _AGP,
    0, () => AttachGroupPolicyRequest$, () => __Unit
];
var AttachRolePolicy$ = [9, n0, _ARP,
    0, () => AttachRolePolicyRequest$, () => __Unit
];
var AttachUserPolicy$ = [9, n0, _AUP,
    0, () => AttachUserPolicyRequest$, () => __Unit
];
var ChangePassword$ = [9, n0, _CP,
    0, () => ChangePasswordRequest$, () => __Unit
];
var CreateAccessKey$ = [9, n0, _CAK,
    0, () => CreateAccessKeyRequest$, () => CreateAccessKeyResponse$
];
var CreateAccountAlias$ = [9, n0, _CAA,
    0, () => CreateAccountAliasRequest$, () => __Unit
];
var CreateDelegationRequest$ = [9, n0, _CDR,
    0, () => CreateDelegationRequestRequest$, () => CreateDelegationRequestResponse$
];
var CreateGroup$ = [9, n0, _CG,
    0, () => CreateGroupRequest$, () => CreateGroupResponse$
];
var CreateInstanceProfile$ = [9, n0, _CIP,
    0, () => CreateInstanceProfileRequest$, () => CreateInstanceProfileResponse$
];
var CreateLoginProfile$ = [9, n0, _CLP,
    0, () => CreateLoginProfileRequest$, () => CreateLoginProfileResponse$
];
var CreateOpenIDConnectProvider$ = [9, n0, _COIDCP,
    0, () => CreateOpenIDConnectProviderRequest$, () => CreateOpenIDConnectProviderResponse$
];
var CreatePolicy$ = [9, n0, _CPr,
    0, () => CreatePolicyRequest$, () => CreatePolicyResponse$
];
var CreatePolicyVersion$ = [9, n0, _CPV,
    0, () => CreatePolicyVersionRequest$, () => CreatePolicyVersionResponse$
];
var CreateRole$ = [9, n0, _CR,
    0, () => CreateRoleRequest$, () => CreateRoleResponse$
];
var CreateSAMLProvider$ = [9, n0, _CSAMLP,
    0, () => CreateSAMLProviderRequest$, () => CreateSAMLProviderResponse$
];
var CreateServiceLinkedRole$ = [9, n0, _CSLR,
    0, () => CreateServiceLinkedRoleRequest$, () => CreateServiceLinkedRoleResponse$
];
var CreateServiceSpecificCredential$ = [9, n0, _CSSC,
    0, () => CreateServiceSpecificCredentialRequest$, () => CreateServiceSpecificCredentialResponse$
];
var CreateUser$ = [9, n0, _CU,
    0, () => CreateUserRequest$, () => CreateUserResponse$
];
var CreateVirtualMFADevice$ = [9, n0, _CVMFAD,
    0, () => CreateVirtualMFADeviceRequest$, () => CreateVirtualMFADeviceResponse$
];
var DeactivateMFADevice$ = [9, n0, _DMFAD,
    0, () => DeactivateMFADeviceRequest$, () => __Unit
];
var DeleteAccessKey$ = [9, n0, _DAK,
    0, () => DeleteAccessKeyRequest$, () => __Unit
];
var DeleteAccountAlias$ = [9, n0, _DAA,
    0, () => DeleteAccountAliasRequest$, () => __Unit
];
var DeleteAccountPasswordPolicy$ = [9, n0, _DAPP,
    0, () => __Unit, () => __Unit
];
var DeleteGroup$ = [9, n0, _DG,
    0, () => DeleteGroupRequest$, () => __Unit
];
var DeleteGroupPolicy$ = [9, n0, _DGP,
    0, () => DeleteGroupPolicyRequest$, () => __Unit
];
var DeleteInstanceProfile$ = [9, n0, _DIP,
    0, () => DeleteInstanceProfileRequest$, () => __Unit
];
var DeleteLoginProfile$ = [9, n0, _DLP,
    0, () => DeleteLoginProfileRequest$, () => __Unit
];
var DeleteOpenIDConnectProvider$ = [9, n0, _DOIDCP,
    0, () => DeleteOpenIDConnectProviderRequest$, () => __Unit
];
var DeletePolicy$ = [9, n0, _DPe,
    0, () => DeletePolicyRequest$, () => __Unit
];
var DeletePolicyVersion$ = [9, n0, _DPV,
    0, () => DeletePolicyVersionRequest$, () => __Unit
];
var DeleteRole$ = [9, n0, _DRel,
    0, () => DeleteRoleRequest$, () => __Unit
];
var DeleteRolePermissionsBoundary$ = [9, n0, _DRPB,
    0, () => DeleteRolePermissionsBoundaryRequest$, () => __Unit
];
var DeleteRolePolicy$ = [9, n0, _DRP,
    0, () => DeleteRolePolicyRequest$, () => __Unit
];
var DeleteSAMLProvider$ = [9, n0, _DSAMLP,
    0, () => DeleteSAMLProviderRequest$, () => __Unit
];
var DeleteServerCertificate$ = [9, n0, _DSC,
    0, () => DeleteServerCertificateRequest$, () => __Unit
];
var DeleteServiceLinkedRole$ = [9, n0, _DSLR,
    0, () => DeleteServiceLinkedRoleRequest$, () => DeleteServiceLinkedRoleResponse$
];
var DeleteServiceSpecificCredential$ = [9, n0, _DSSC,
    0, () => DeleteServiceSpecificCredentialRequest$, () => __Unit
];
var DeleteSigningCertificate$ = [9, n0, _DSCe,
    0, () => DeleteSigningCertificateRequest$, () => __Unit
];
var DeleteSSHPublicKey$ = [9, n0, _DSSHPK,
    0, () => DeleteSSHPublicKeyRequest$, () => __Unit
];
var DeleteUser$ = [9, n0, _DU,
    0, () => DeleteUserRequest$, () => __Unit
];
var DeleteUserPermissionsBoundary$ = [9, n0, _DUPB,
    0, () => DeleteUserPermissionsBoundaryRequest$, () => __Unit
];
var DeleteUserPolicy$ = [9, n0, _DUP,
    0, () => DeleteUserPolicyRequest$, () => __Unit
];
var DeleteVirtualMFADevice$ = [9, n0, _DVMFAD,
    0, () => DeleteVirtualMFADeviceRequest$, () => __Unit
];
var DetachGroupPolicy$ = [9, n0, _DGPe,
    0, () => DetachGroupPolicyRequest$, () => __Unit
];
var DetachRolePolicy$ = [9, n0, _DRPe,
    0, () => DetachRolePolicyRequest$, () => __Unit
];
var DetachUserPolicy$ = [9, n0, _DUPe,
    0, () => DetachUserPolicyRequest$, () => __Unit
];
var DisableOrganizationsRootCredentialsManagement$ = [9, n0, _DORCM,
    0, () => DisableOrganizationsRootCredentialsManagementRequest$, () => DisableOrganizationsRootCredentialsManagementResponse$
];
var DisableOrganizationsRootSessions$ = [9, n0, _DORS,
    0, () => DisableOrganizationsRootSessionsRequest$, () => DisableOrganizationsRootSessionsResponse$
];
var DisableOutboundWebIdentityFederation$ = [9, n0, _DOWIF,
    0, () => __Unit, () => __Unit
];
var EnableMFADevice$ = [9, n0, _EMFAD,
    0, () => EnableMFADeviceRequest$, () => __Unit
];
var EnableOrganizationsRootCredentialsManagement$ = [9, n0, _EORCM,
    0, () => EnableOrganizationsRootCredentialsManagementRequest$, () => EnableOrganizationsRootCredentialsManagementResponse$
];
var EnableOrganizationsRootSessions$ = [9, n0, _EORS,
    0, () => EnableOrganizationsRootSessionsRequest$, () => EnableOrganizationsRootSessionsResponse$
];
var EnableOutboundWebIdentityFederation$ = [9, n0, _EOWIF,
    0, () => __Unit, () => EnableOutboundWebIdentityFederationResponse$
];
var GenerateCredentialReport$ = [9, n0, _GCR,
    0, () => __Unit, () => GenerateCredentialReportResponse$
];
var GenerateOrganizationsAccessReport$ = [9, n0, _GOAR,
    0, () => GenerateOrganizationsAccessReportRequest$, () => GenerateOrganizationsAccessReportResponse$
];
var GenerateServiceLastAccessedDetails$ = [9, n0, _GSLAD,
    0, () => GenerateServiceLastAccessedDetailsRequest$, () => GenerateServiceLastAccessedDetailsResponse$
];
var GetAccessKeyLastUsed$ = [9, n0, _GAKLU,
    0, () => GetAccessKeyLastUsedRequest$, () => GetAccessKeyLastUsedResponse$
];
var GetAccountAuthorizationDetails$ = [9, n0, _GAAD,
    0, () => GetAccountAuthorizationDetailsRequest$, () => GetAccountAuthorizationDetailsResponse$
];
var GetAccountPasswordPolicy$ = [9, n0, _GAPP,
    0, () => __Unit, () => GetAccountPasswordPolicyResponse$
];
var GetAccountProperties$ = [9, n0, _GAP,
    0, () => GetAccountPropertiesRequest$, () => GetAccountPropertiesResponse$
];
var GetAccountSummary$ = [9, n0, _GAS,
    0, () => __Unit, () => GetAccountSummaryResponse$
];
var GetContextKeysForCustomPolicy$ = [9, n0, _GCKFCP,
    0, () => GetContextKeysForCustomPolicyRequest$, () => GetContextKeysForPolicyResponse$
];
var GetContextKeysForPrincipalPolicy$ = [9, n0, _GCKFPP,
    0, () => GetContextKeysForPrincipalPolicyRequest$, () => GetContextKeysForPolicyResponse$
];
var GetCredentialReport$ = [9, n0, _GCRe,
    0, () => __Unit, () => GetCredentialReportResponse$
];
var GetDelegationRequest$ = [9, n0, _GDR,
    0, () => GetDelegationRequestRequest$, () => GetDelegationRequestResponse$
];
var GetGroup$ = [9, n0, _GG,
    0, () => GetGroupRequest$, () => GetGroupResponse$
];
var GetGroupPolicy$ = [9, n0, _GGP,
    0, () => GetGroupPolicyRequest$, () => GetGroupPolicyResponse$
];
var GetHumanReadableSummary$ = [9, n0, _GHRS,
    0, () => GetHumanReadableSummaryRequest$, () => GetHumanReadableSummaryResponse$
];
var GetInstanceProfile$ = [9, n0, _GIP,
    0, () => GetInstanceProfileRequest$, () => GetInstanceProfileResponse$
];
var GetLoginProfile$ = [9, n0, _GLP,
    0, () => GetLoginProfileRequest$, () => GetLoginProfileResponse$
];
var GetMFADevice$ = [9, n0, _GMFAD,
    0, () => GetMFADeviceRequest$, () => GetMFADeviceResponse$
];
var GetOpenIDConnectProvider$ = [9, n0, _GOIDCP,
    0, () => GetOpenIDConnectProviderRequest$, () => GetOpenIDConnectProviderResponse$
];
var GetOrganizationsAccessReport$ = [9, n0, _GOARe,
    0, () => GetOrganizationsAccessReportRequest$, () => GetOrganizationsAccessReportResponse$
];
var GetOutboundWebIdentityFederationInfo$ = [9, n0, _GOWIFI,
    0, () => __Unit, () => GetOutboundWebIdentityFederationInfoResponse$
];
var GetPolicy$ = [9, n0, _GP,
    0, () => GetPolicyRequest$, () => GetPolicyResponse$
];
var GetPolicyVersion$ = [9, n0, _GPV,
    0, () => GetPolicyVersionRequest$, () => GetPolicyVersionResponse$
];
var GetRole$ = [9, n0, _GR,
    0, () => GetRoleRequest$, () => GetRoleResponse$
];
var GetRolePolicy$ = [9, n0, _GRP,
    0, () => GetRolePolicyRequest$, () => GetRolePolicyResponse$
];
var GetRoleTemplateVersion$ = [9, n0, _GRTV,
    0, () => GetRoleTemplateVersionRequest$, () => GetRoleTemplateVersionResponse$
];
var GetSAMLProvider$ = [9, n0, _GSAMLP,
    0, () => GetSAMLProviderRequest$, () => GetSAMLProviderResponse$
];
var GetServerCertificate$ = [9, n0, _GSC,
    0, () => GetServerCertificateRequest$, () => GetServerCertificateResponse$
];
var GetServiceLastAccessedDetails$ = [9, n0, _GSLADe,
    0, () => GetServiceLastAccessedDetailsRequest$, () => GetServiceLastAccessedDetailsResponse$
];
var GetServiceLastAccessedDetailsWithEntities$ = [9, n0, _GSLADWE,
    0, () => GetServiceLastAccessedDetailsWithEntitiesRequest$, () => GetServiceLastAccessedDetailsWithEntitiesResponse$
];
var GetServiceLinkedRoleDeletionStatus$ = [9, n0, _GSLRDS,
    0, () => GetServiceLinkedRoleDeletionStatusRequest$, () => GetServiceLinkedRoleDeletionStatusResponse$
];
var GetSSHPublicKey$ = [9, n0, _GSSHPK,
    0, () => GetSSHPublicKeyRequest$, () => GetSSHPublicKeyResponse$
];
var GetUser$ = [9, n0, _GU,
    0, () => GetUserRequest$, () => GetUserResponse$
];
var GetUserPolicy$ = [9, n0, _GUP,
    0, () => GetUserPolicyRequest$, () => GetUserPolicyResponse$
];
var ListAccessKeys$ = [9, n0, _LAK,
    0, () => ListAccessKeysRequest$, () => ListAccessKeysResponse$
];
var ListAccountAliases$ = [9, n0, _LAA,
    0, () => ListAccountAliasesRequest$, () => ListAccountAliasesResponse$
];
var ListAttachedGroupPolicies$ = [9, n0, _LAGP,
    0, () => ListAttachedGroupPoliciesRequest$, () => ListAttachedGroupPoliciesResponse$
];
var ListAttachedRolePolicies$ = [9, n0, _LARP,
    0, () => ListAttachedRolePoliciesRequest$, () => ListAttachedRolePoliciesResponse$
];
var ListAttachedUserPolicies$ = [9, n0, _LAUP,
    0, () => ListAttachedUserPoliciesRequest$, () => ListAttachedUserPoliciesResponse$
];
var ListDelegationRequests$ = [9, n0, _LDR,
    0, () => ListDelegationRequestsRequest$, () => ListDelegationRequestsResponse$
];
var ListEntitiesForPolicy$ = [9, n0, _LEFP,
    0, () => ListEntitiesForPolicyRequest$, () => ListEntitiesForPolicyResponse$
];
var ListGroupPolicies$ = [9, n0, _LGP,
    0, () => ListGroupPoliciesRequest$, () => ListGroupPoliciesResponse$
];
var ListGroups$ = [9, n0, _LG,
    0, () => ListGroupsRequest$, () => ListGroupsResponse$
];
var ListGroupsForUser$ = [9, n0, _LGFU,
    0, () => ListGroupsForUserRequest$, () => ListGroupsForUserResponse$
];
var ListInstanceProfiles$ = [9, n0, _LIP,
    0, () => ListInstanceProfilesRequest$, () => ListInstanceProfilesResponse$
];
var ListInstanceProfilesForRole$ = [9, n0, _LIPFR,
    0, () => ListInstanceProfilesForRoleRequest$, () => ListInstanceProfilesForRoleResponse$
];
var ListInstanceProfileTags$ = [9, n0, _LIPT,
    0, () => ListInstanceProfileTagsRequest$, () => ListInstanceProfileTagsResponse$
];
var ListMFADevices$ = [9, n0, _LMFAD,
    0, () => ListMFADevicesRequest$, () => ListMFADevicesResponse$
];
var ListMFADeviceTags$ = [9, n0, _LMFADT,
    0, () => ListMFADeviceTagsRequest$, () => ListMFADeviceTagsResponse$
];
var ListOpenIDConnectProviders$ = [9, n0, _LOIDCP,
    0, () => ListOpenIDConnectProvidersRequest$, () => ListOpenIDConnectProvidersResponse$
];
var ListOpenIDConnectProviderTags$ = [9, n0, _LOIDCPT,
    0, () => ListOpenIDConnectProviderTagsRequest$, () => ListOpenIDConnectProviderTagsResponse$
];
var ListOrganizationsFeatures$ = [9, n0, _LOF,
    0, () => ListOrganizationsFeaturesRequest$, () => ListOrganizationsFeaturesResponse$
];
var ListPolicies$ = [9, n0, _LPi,
    0, () => ListPoliciesRequest$, () => ListPoliciesResponse$
];
var ListPoliciesGrantingServiceAccess$ = [9, n0, _LPGSA,
    0, () => ListPoliciesGrantingServiceAccessRequest$, () => ListPoliciesGrantingServiceAccessResponse$
];
var ListPolicyTags$ = [9, n0, _LPT,
    0, () => ListPolicyTagsRequest$, () => ListPolicyTagsResponse$
];
var ListPolicyVersions$ = [9, n0, _LPV,
    0, () => ListPolicyVersionsRequest$, () => ListPolicyVersionsResponse$
];
var ListRolePolicies$ = [9, n0, _LRP,
    0, () => ListRolePoliciesRequest$, () => ListRolePoliciesResponse$
];
var ListRoles$ = [9, n0, _LR,
    0, () => ListRolesRequest$, () => ListRolesResponse$
];
var ListRoleTags$ = [9, n0, _LRT,
    0, () => ListRoleTagsRequest$, () => ListRoleTagsResponse$
];
var ListSAMLProviders$ = [9, n0, _LSAMLP,
    0, () => ListSAMLProvidersRequest$, () => ListSAMLProvidersResponse$
];
var ListSAMLProviderTags$ = [9, n0, _LSAMLPT,
    0, () => ListSAMLProviderTagsRequest$, () => ListSAMLProviderTagsResponse$
];
var ListServerCertificates$ = [9, n0, _LSC,
    0, () => ListServerCertificatesRequest$, () => ListServerCertificatesResponse$
];
var ListServerCertificateTags$ = [9, n0, _LSCT,
    0, () => ListServerCertificateTagsRequest$, () => ListServerCertificateTagsResponse$
];
var ListServiceSpecificCredentials$ = [9, n0, _LSSC,
    0, () => ListServiceSpecificCredentialsRequest$, () => ListServiceSpecificCredentialsResponse$
];
var ListSigningCertificates$ = [9, n0, _LSCi,
    0, () => ListSigningCertificatesRequest$, () => ListSigningCertificatesResponse$
];
var ListSSHPublicKeys$ = [9, n0, _LSSHPK,
    0, () => ListSSHPublicKeysRequest$, () => ListSSHPublicKeysResponse$
];
var ListUserPolicies$ = [9, n0, _LUP,
    0, () => ListUserPoliciesRequest$, () => ListUserPoliciesResponse$
];
var ListUsers$ = [9, n0, _LU,
    0, () => ListUsersRequest$, () => ListUsersResponse$
];
var ListUserTags$ = [9, n0, _LUT,
    0, () => ListUserTagsRequest$, () => ListUserTagsResponse$
];
var ListVirtualMFADevices$ = [9, n0, _LVMFAD,
    0, () => ListVirtualMFADevicesRequest$, () => ListVirtualMFADevicesResponse$
];
var PutAccountProperties$ = [9, n0, _PAP,
    0, () => PutAccountPropertiesRequest$, () => PutAccountPropertiesResponse$
];
var PutGroupPolicy$ = [9, n0, _PGP,
    0, () => PutGroupPolicyRequest$, () => __Unit
];
var PutRolePermissionsBoundary$ = [9, n0, _PRPB,
    0, () => PutRolePermissionsBoundaryRequest$, () => __Unit
];
var PutRolePolicy$ = [9, n0, _PRPu,
    0, () => PutRolePolicyRequest$, () => __Unit
];
var PutUserPermissionsBoundary$ = [9, n0, _PUPB,
    0, () => PutUserPermissionsBoundaryRequest$, () => __Unit
];
var PutUserPolicy$ = [9, n0, _PUP,
    0, () => PutUserPolicyRequest$, () => __Unit
];
var RejectDelegationRequest$ = [9, n0, _RDR,
    0, () => RejectDelegationRequestRequest$, () => __Unit
];
var RemoveClientIDFromOpenIDConnectProvider$ = [9, n0, _RCIDFOIDCP,
    0, () => RemoveClientIDFromOpenIDConnectProviderRequest$, () => __Unit
];
var RemoveRoleFromInstanceProfile$ = [9, n0, _RRFIP,
    0, () => RemoveRoleFromInstanceProfileRequest$, () => __Unit
];
var RemoveUserFromGroup$ = [9, n0, _RUFG,
    0, () => RemoveUserFromGroupRequest$, () => __Unit
];
var ResetServiceSpecificCredential$ = [9, n0, _RSSC,
    0, () => ResetServiceSpecificCredentialRequest$, () => ResetServiceSpecificCredentialResponse$
];
var ResyncMFADevice$ = [9, n0, _RMFAD,
    0, () => ResyncMFADeviceRequest$, () => __Unit
];
var SendDelegationToken$ = [9, n0, _SDT,
    0, () => SendDelegationTokenRequest$, () => __Unit
];
var SetDefaultPolicyVersion$ = [9, n0, _SDPV,
    0, () => SetDefaultPolicyVersionRequest$, () => __Unit
];
var SetSecurityTokenServicePreferences$ = [9, n0, _SSTSP,
    0, () => SetSecurityTokenServicePreferencesRequest$, () => __Unit
];
var SimulateCustomPolicy$ = [9, n0, _SCP,
    0, () => SimulateCustomPolicyRequest$, () => SimulatePolicyResponse$
];
var SimulatePrincipalPolicy$ = [9, n0, _SPP,
    0, () => SimulatePrincipalPolicyRequest$, () => SimulatePolicyResponse$
];
var TagInstanceProfile$ = [9, n0, _TIP,
    0, () => TagInstanceProfileRequest$, () => __Unit
];
var TagMFADevice$ = [9, n0, _TMFAD,
    0, () => TagMFADeviceRequest$, () => __Unit
];
var TagOpenIDConnectProvider$ = [9, n0, _TOIDCP,
    0, () => TagOpenIDConnectProviderRequest$, () => __Unit
];
var TagPolicy$ = [9, n0, _TP,
    0, () => TagPolicyRequest$, () => __Unit
];
var TagRole$ = [9, n0, _TR,
    0, () => TagRoleRequest$, () => __Unit
];
var TagSAMLProvider$ = [9, n0, _TSAMLP,
    0, () => TagSAMLProviderRequest$, () => __Unit
];
var TagServerCertificate$ = [9, n0, _TSC,
    0, () => TagServerCertificateRequest$, () => __Unit
];
var TagUser$ = [9, n0, _TU,
    0, () => TagUserRequest$, () => __Unit
];
var UntagInstanceProfile$ = [9, n0, _UIP,
    0, () => UntagInstanceProfileRequest$, () => __Unit
];
var UntagMFADevice$ = [9, n0, _UMFAD,
    0, () => UntagMFADeviceRequest$, () => __Unit
];
var UntagOpenIDConnectProvider$ = [9, n0, _UOIDCP,
    0, () => UntagOpenIDConnectProviderRequest$, () => __Unit
];
var UntagPolicy$ = [9, n0, _UP,
    0, () => UntagPolicyRequest$, () => __Unit
];
var UntagRole$ = [9, n0, _UR,
    0, () => UntagRoleRequest$, () => __Unit
];
var UntagSAMLProvider$ = [9, n0, _USAMLP,
    0, () => UntagSAMLProviderRequest$, () => __Unit
];
var UntagServerCertificate$ = [9, n0, _USC,
    0, () => UntagServerCertificateRequest$, () => __Unit
];
var UntagUser$ = [9, n0, _UU,
    0, () => UntagUserRequest$, () => __Unit
];
var UpdateAccessKey$ = [9, n0, _UAK,
    0, () => UpdateAccessKeyRequest$, () => __Unit
];
var UpdateAccountPasswordPolicy$ = [9, n0, _UAPP,
    0, () => UpdateAccountPasswordPolicyRequest$, () => __Unit
];
var UpdateAssumeRolePolicy$ = [9, n0, _UARP,
    0, () => UpdateAssumeRolePolicyRequest$, () => __Unit
];
var UpdateDelegationRequest$ = [9, n0, _UDR,
    0, () => UpdateDelegationRequestRequest$, () => __Unit
];
var UpdateGroup$ = [9, n0, _UG,
    0, () => UpdateGroupRequest$, () => __Unit
];
var UpdateLoginProfile$ = [9, n0, _ULP,
    0, () => UpdateLoginProfileRequest$, () => __Unit
];
var UpdateOpenIDConnectProviderThumbprint$ = [9, n0, _UOIDCPT,
    0, () => UpdateOpenIDConnectProviderThumbprintRequest$, () => __Unit
];
var UpdateRole$ = [9, n0, _URp,
    0, () => UpdateRoleRequest$, () => UpdateRoleResponse$
];
var UpdateRoleDescription$ = [9, n0, _URD,
    0, () => UpdateRoleDescriptionRequest$, () => UpdateRoleDescriptionResponse$
];
var UpdateSAMLProvider$ = [9, n0, _USAMLPp,
    0, () => UpdateSAMLProviderRequest$, () => UpdateSAMLProviderResponse$
];
var UpdateServerCertificate$ = [9, n0, _USCp,
    0, () => UpdateServerCertificateRequest$, () => __Unit
];
var UpdateServiceSpecificCredential$ = [9, n0, _USSC,
    0, () => UpdateServiceSpecificCredentialRequest$, () => __Unit
];
var UpdateSigningCertificate$ = [9, n0, _USCpd,
    0, () => UpdateSigningCertificateRequest$, () => __Unit
];
var UpdateSSHPublicKey$ = [9, n0, _USSHPK,
    0, () => UpdateSSHPublicKeyRequest$, () => __Unit
];
var UpdateUser$ = [9, n0, _UUp,
    0, () => UpdateUserRequest$, () => __Unit
];
var UploadServerCertificate$ = [9, n0, _USCpl,
    0, () => UploadServerCertificateRequest$, () => UploadServerCertificateResponse$
];
var UploadSigningCertificate$ = [9, n0, _USCplo,
    0, () => UploadSigningCertificateRequest$, () => UploadSigningCertificateResponse$
];
var UploadSSHPublicKey$ = [9, n0, _USSHPKp,
    0, () => UploadSSHPublicKeyRequest$, () => UploadSSHPublicKeyResponse$
];

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/runtimeConfig.shared.js









const getRuntimeConfig = (config) => {
    return {
        apiVersion: "2010-05-08",
        base64Decoder: config?.base64Decoder ?? fromBase64/* fromBase64 */.E,
        base64Encoder: config?.base64Encoder ?? toBase64/* toBase64 */.n,
        disableHostPrefix: config?.disableHostPrefix ?? false,
        endpointProvider: config?.endpointProvider ?? defaultEndpointResolver,
        extensions: config?.extensions ?? [],
        httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultIAMHttpAuthSchemeProvider,
        httpAuthSchemes: config?.httpAuthSchemes ?? [
            {
                schemeId: "aws.auth#sigv4",
                identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
                signer: new AwsSdkSigV4Signer/* AwsSdkSigV4Signer */.f2(),
            },
        ],
        logger: config?.logger ?? new NoOpLogger/* NoOpLogger */.N(),
        protocol: config?.protocol ?? AwsQueryProtocol/* AwsQueryProtocol */.k,
        protocolSettings: config?.protocolSettings ?? {
            defaultNamespace: "com.amazonaws.iam",
            errorTypeRegistries: errorTypeRegistries,
            xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
            version: "2010-05-08",
            serviceTarget: "AWSIdentityManagementV20100508",
        },
        serviceId: config?.serviceId ?? "IAM",
        sha256: config?.sha256 ?? Sha256Node/* Sha256Node */.k,
        urlParser: config?.urlParser ?? parseUrl/* parseUrl */.D,
        utf8Decoder: config?.utf8Decoder ?? fromUtf8/* fromUtf8 */.a,
        utf8Encoder: config?.utf8Encoder ?? toUtf8/* toUtf8 */.P,
    };
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/runtimeConfig.js










const runtimeConfig_getRuntimeConfig = (config) => {
    (0,smithy_client_emitWarningIfUnsupportedVersion/* emitWarningIfUnsupportedVersion */.I)(process.version);
    const defaultsMode = (0,resolveDefaultsModeConfig/* resolveDefaultsModeConfig */.I)(config);
    const defaultConfigProvider = () => defaultsMode().then(defaults_mode/* loadConfigsForDefaultMode */.l);
    const clientSharedValues = getRuntimeConfig(config);
    (0,emitWarningIfUnsupportedVersion/* emitWarningIfUnsupportedVersion */.I)(process.version);
    const loaderConfig = {
        profile: config?.profile,
        logger: clientSharedValues.logger,
    };
    return {
        ...clientSharedValues,
        ...config,
        runtime: "node",
        defaultsMode,
        authSchemePreference: config?.authSchemePreference ?? (0,configLoader/* loadConfig */.Z)(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS/* NODE_AUTH_SCHEME_PREFERENCE_OPTIONS */.$, loaderConfig),
        bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength/* calculateBodyLength */.n,
        credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider/* defaultProvider */.v6,
        defaultSocketTimeout: (0,getDefaultSocketTimeout/* getDefaultSocketTimeout */.E)(config?.requestHandler, 300_000),
        defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,defaultUserAgent/* createDefaultUserAgentProvider */.pf)({ serviceId: clientSharedValues.serviceId, clientVersion: package_namespaceObject.rE }),
        maxAttempts: config?.maxAttempts ?? (0,configLoader/* loadConfig */.Z)(middleware_retry_configurations/* NODE_MAX_ATTEMPT_CONFIG_OPTIONS */.qs, config),
        region: config?.region ?? (0,configLoader/* loadConfig */.Z)(regionConfig_config/* NODE_REGION_CONFIG_OPTIONS */.GG, { ...regionConfig_config/* NODE_REGION_CONFIG_FILE_OPTIONS */.zH, ...loaderConfig }),
        requestHandler: node_http_handler/* NodeHttpHandler */.$.create(config?.requestHandler ?? defaultConfigProvider),
        retryMode: config?.retryMode ??
            (0,configLoader/* loadConfig */.Z)({
                ...middleware_retry_configurations/* NODE_RETRY_MODE_CONFIG_OPTIONS */.kN,
                default: async () => (await defaultConfigProvider()).retryMode || util_retry_config/* DEFAULT_RETRY_MODE */.L0,
            }, config),
        streamCollector: config?.streamCollector ?? stream_collector/* streamCollector */.k,
        useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,configLoader/* loadConfig */.Z)(NodeUseDualstackEndpointConfigOptions/* NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS */.e$, loaderConfig),
        useFipsEndpoint: config?.useFipsEndpoint ?? (0,configLoader/* loadConfig */.Z)(NodeUseFipsEndpointConfigOptions/* NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS */.Ko, loaderConfig),
        userAgentAppId: config?.userAgentAppId ?? (0,configLoader/* loadConfig */.Z)(nodeAppIdConfigOptions/* NODE_APP_ID_CONFIG_OPTIONS */.hV, loaderConfig),
    };
};

// EXTERNAL MODULE: ../node_modules/@aws-sdk/core/dist-es/submodules/client/region-config-resolver/extensions.js
var region_config_resolver_extensions = __webpack_require__(65489);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/extensions/defaultExtensionConfiguration.js + 3 modules
var defaultExtensionConfiguration = __webpack_require__(42061);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/protocols/protocol-http/extensions/httpExtensionConfiguration.js
var httpExtensionConfiguration = __webpack_require__(38440);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration = (runtimeConfig) => {
    const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
    let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
    let _credentials = runtimeConfig.credentials;
    return {
        setHttpAuthScheme(httpAuthScheme) {
            const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
            if (index === -1) {
                _httpAuthSchemes.push(httpAuthScheme);
            }
            else {
                _httpAuthSchemes.splice(index, 1, httpAuthScheme);
            }
        },
        httpAuthSchemes() {
            return _httpAuthSchemes;
        },
        setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
            _httpAuthSchemeProvider = httpAuthSchemeProvider;
        },
        httpAuthSchemeProvider() {
            return _httpAuthSchemeProvider;
        },
        setCredentials(credentials) {
            _credentials = credentials;
        },
        credentials() {
            return _credentials;
        },
    };
};
const resolveHttpAuthRuntimeConfig = (config) => {
    return {
        httpAuthSchemes: config.httpAuthSchemes(),
        httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
        credentials: config.credentials(),
    };
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/runtimeExtensions.js




const resolveRuntimeExtensions = (runtimeConfig, extensions) => {
    const extensionConfiguration = Object.assign((0,region_config_resolver_extensions/* getAwsRegionExtensionConfiguration */.R)(runtimeConfig), (0,defaultExtensionConfiguration/* getDefaultExtensionConfiguration */.xA)(runtimeConfig), (0,httpExtensionConfiguration/* getHttpHandlerExtensionConfiguration */.e)(runtimeConfig), getHttpAuthExtensionConfiguration(runtimeConfig));
    extensions.forEach((extension) => extension.configure(extensionConfiguration));
    return Object.assign(runtimeConfig, (0,region_config_resolver_extensions/* resolveAwsRegionExtensionConfiguration */.$)(extensionConfiguration), (0,defaultExtensionConfiguration/* resolveDefaultRuntimeConfig */.uv)(extensionConfiguration), (0,httpExtensionConfiguration/* resolveHttpHandlerRuntimeConfig */.j)(extensionConfiguration), resolveHttpAuthRuntimeConfig(extensionConfiguration));
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/IAMClient.js













class IAMClient extends client/* Client */.K {
    config;
    constructor(...[configuration]) {
        const _config_0 = runtimeConfig_getRuntimeConfig(configuration || {});
        super(_config_0);
        this.initConfig = _config_0;
        const _config_1 = resolveClientEndpointParameters(_config_0);
        const _config_2 = (0,configurations/* resolveUserAgentConfig */.D)(_config_1);
        const _config_3 = (0,middleware_retry_configurations/* resolveRetryConfig */.$z)(_config_2);
        const _config_4 = (0,resolveRegionConfig/* resolveRegionConfig */.T)(_config_3);
        const _config_5 = (0,hostHeaderMiddleware/* resolveHostHeaderConfig */.OV)(_config_4);
        const _config_6 = (0,endpoints/* resolveEndpointConfig */.Co)(_config_5);
        const _config_7 = resolveHttpAuthSchemeConfig(_config_6);
        const _config_8 = resolveRuntimeExtensions(_config_7, configuration?.extensions || []);
        this.config = _config_8;
        this.middlewareStack.use((0,getSchemaSerdePlugin/* getSchemaSerdePlugin */.wq)(this.config));
        this.middlewareStack.use((0,user_agent_middleware/* getUserAgentPlugin */.sM)(this.config));
        this.middlewareStack.use((0,retry/* getRetryPlugin */.ey)(this.config));
        this.middlewareStack.use((0,contentLengthMiddleware/* getContentLengthPlugin */.vK)(this.config));
        this.middlewareStack.use((0,hostHeaderMiddleware/* getHostHeaderPlugin */.TC)(this.config));
        this.middlewareStack.use((0,loggerMiddleware/* getLoggerPlugin */.Y7)(this.config));
        this.middlewareStack.use((0,getRecursionDetectionPlugin/* getRecursionDetectionPlugin */.n)(this.config));
        this.middlewareStack.use((0,getHttpAuthSchemeEndpointRuleSetPlugin/* getHttpAuthSchemeEndpointRuleSetPlugin */.w)(this.config, {
            httpAuthSchemeParametersProvider: defaultIAMHttpAuthSchemeParametersProvider,
            identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig/* DefaultIdentityProviderConfig */.h({
                "aws.auth#sigv4": config.credentials,
            }),
        }));
        this.middlewareStack.use((0,getHttpSigningMiddleware/* getHttpSigningPlugin */.l)(this.config));
    }
    destroy() {
        super.destroy();
    }
}

// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/create-aggregated-client.js
var create_aggregated_client = __webpack_require__(3049);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/client-command-builder.js
var client_command_builder = __webpack_require__(25130);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commandBuilder.js



const command = (0,client_command_builder/* makeBuilder */.k)(commonParams, "AWSIdentityManagementV20100508", "IAMClient", endpoints/* getEndpointPlugin */.rD);
const _ep0 = {};
const _mw0 = (Command, cs, config, o) => [];

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AcceptDelegationRequestCommand.js


class AcceptDelegationRequestCommand extends command(_ep0, _mw0, "AcceptDelegationRequest", AcceptDelegationRequest$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AcquireRoleCommand.js


class AcquireRoleCommand extends command(_ep0, _mw0, "AcquireRole", AcquireRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AddClientIDToOpenIDConnectProviderCommand.js


class AddClientIDToOpenIDConnectProviderCommand extends command(_ep0, _mw0, "AddClientIDToOpenIDConnectProvider", AddClientIDToOpenIDConnectProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AddRoleToInstanceProfileCommand.js


class AddRoleToInstanceProfileCommand extends command(_ep0, _mw0, "AddRoleToInstanceProfile", AddRoleToInstanceProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AddUserToGroupCommand.js


class AddUserToGroupCommand extends command(_ep0, _mw0, "AddUserToGroup", AddUserToGroup$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AssociateDelegationRequestCommand.js


class AssociateDelegationRequestCommand extends command(_ep0, _mw0, "AssociateDelegationRequest", AssociateDelegationRequest$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AttachGroupPolicyCommand.js


class AttachGroupPolicyCommand extends command(_ep0, _mw0, "AttachGroupPolicy", AttachGroupPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AttachRolePolicyCommand.js


class AttachRolePolicyCommand extends command(_ep0, _mw0, "AttachRolePolicy", AttachRolePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/AttachUserPolicyCommand.js


class AttachUserPolicyCommand extends command(_ep0, _mw0, "AttachUserPolicy", AttachUserPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ChangePasswordCommand.js


class ChangePasswordCommand extends command(_ep0, _mw0, "ChangePassword", ChangePassword$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateAccessKeyCommand.js


class CreateAccessKeyCommand extends command(_ep0, _mw0, "CreateAccessKey", CreateAccessKey$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateAccountAliasCommand.js


class CreateAccountAliasCommand extends command(_ep0, _mw0, "CreateAccountAlias", CreateAccountAlias$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateDelegationRequestCommand.js


class CreateDelegationRequestCommand extends command(_ep0, _mw0, "CreateDelegationRequest", CreateDelegationRequest$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateGroupCommand.js


class CreateGroupCommand extends command(_ep0, _mw0, "CreateGroup", CreateGroup$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateInstanceProfileCommand.js


class CreateInstanceProfileCommand extends command(_ep0, _mw0, "CreateInstanceProfile", CreateInstanceProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateLoginProfileCommand.js


class CreateLoginProfileCommand extends command(_ep0, _mw0, "CreateLoginProfile", CreateLoginProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateOpenIDConnectProviderCommand.js


class CreateOpenIDConnectProviderCommand extends command(_ep0, _mw0, "CreateOpenIDConnectProvider", CreateOpenIDConnectProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreatePolicyCommand.js


class CreatePolicyCommand extends command(_ep0, _mw0, "CreatePolicy", CreatePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreatePolicyVersionCommand.js


class CreatePolicyVersionCommand extends command(_ep0, _mw0, "CreatePolicyVersion", CreatePolicyVersion$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateRoleCommand.js


class CreateRoleCommand extends command(_ep0, _mw0, "CreateRole", CreateRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateSAMLProviderCommand.js


class CreateSAMLProviderCommand extends command(_ep0, _mw0, "CreateSAMLProvider", CreateSAMLProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateServiceLinkedRoleCommand.js


class CreateServiceLinkedRoleCommand extends command(_ep0, _mw0, "CreateServiceLinkedRole", CreateServiceLinkedRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateServiceSpecificCredentialCommand.js


class CreateServiceSpecificCredentialCommand extends command(_ep0, _mw0, "CreateServiceSpecificCredential", CreateServiceSpecificCredential$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateUserCommand.js


class CreateUserCommand extends command(_ep0, _mw0, "CreateUser", CreateUser$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/CreateVirtualMFADeviceCommand.js


class CreateVirtualMFADeviceCommand extends command(_ep0, _mw0, "CreateVirtualMFADevice", CreateVirtualMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeactivateMFADeviceCommand.js


class DeactivateMFADeviceCommand extends command(_ep0, _mw0, "DeactivateMFADevice", DeactivateMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteAccessKeyCommand.js


class DeleteAccessKeyCommand extends command(_ep0, _mw0, "DeleteAccessKey", DeleteAccessKey$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteAccountAliasCommand.js


class DeleteAccountAliasCommand extends command(_ep0, _mw0, "DeleteAccountAlias", DeleteAccountAlias$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteAccountPasswordPolicyCommand.js


class DeleteAccountPasswordPolicyCommand extends command(_ep0, _mw0, "DeleteAccountPasswordPolicy", DeleteAccountPasswordPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteGroupCommand.js


class DeleteGroupCommand extends command(_ep0, _mw0, "DeleteGroup", DeleteGroup$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteGroupPolicyCommand.js


class DeleteGroupPolicyCommand extends command(_ep0, _mw0, "DeleteGroupPolicy", DeleteGroupPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteInstanceProfileCommand.js


class DeleteInstanceProfileCommand extends command(_ep0, _mw0, "DeleteInstanceProfile", DeleteInstanceProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteLoginProfileCommand.js


class DeleteLoginProfileCommand extends command(_ep0, _mw0, "DeleteLoginProfile", DeleteLoginProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteOpenIDConnectProviderCommand.js


class DeleteOpenIDConnectProviderCommand extends command(_ep0, _mw0, "DeleteOpenIDConnectProvider", DeleteOpenIDConnectProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeletePolicyCommand.js


class DeletePolicyCommand extends command(_ep0, _mw0, "DeletePolicy", DeletePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeletePolicyVersionCommand.js


class DeletePolicyVersionCommand extends command(_ep0, _mw0, "DeletePolicyVersion", DeletePolicyVersion$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteRoleCommand.js


class DeleteRoleCommand extends command(_ep0, _mw0, "DeleteRole", DeleteRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteRolePermissionsBoundaryCommand.js


class DeleteRolePermissionsBoundaryCommand extends command(_ep0, _mw0, "DeleteRolePermissionsBoundary", DeleteRolePermissionsBoundary$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteRolePolicyCommand.js


class DeleteRolePolicyCommand extends command(_ep0, _mw0, "DeleteRolePolicy", DeleteRolePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteSAMLProviderCommand.js


class DeleteSAMLProviderCommand extends command(_ep0, _mw0, "DeleteSAMLProvider", DeleteSAMLProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteServerCertificateCommand.js


class DeleteServerCertificateCommand extends command(_ep0, _mw0, "DeleteServerCertificate", DeleteServerCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteServiceLinkedRoleCommand.js


class DeleteServiceLinkedRoleCommand extends command(_ep0, _mw0, "DeleteServiceLinkedRole", DeleteServiceLinkedRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteServiceSpecificCredentialCommand.js


class DeleteServiceSpecificCredentialCommand extends command(_ep0, _mw0, "DeleteServiceSpecificCredential", DeleteServiceSpecificCredential$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteSigningCertificateCommand.js


class DeleteSigningCertificateCommand extends command(_ep0, _mw0, "DeleteSigningCertificate", DeleteSigningCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteSSHPublicKeyCommand.js


class DeleteSSHPublicKeyCommand extends command(_ep0, _mw0, "DeleteSSHPublicKey", DeleteSSHPublicKey$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteUserCommand.js


class DeleteUserCommand extends command(_ep0, _mw0, "DeleteUser", DeleteUser$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteUserPermissionsBoundaryCommand.js


class DeleteUserPermissionsBoundaryCommand extends command(_ep0, _mw0, "DeleteUserPermissionsBoundary", DeleteUserPermissionsBoundary$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteUserPolicyCommand.js


class DeleteUserPolicyCommand extends command(_ep0, _mw0, "DeleteUserPolicy", DeleteUserPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DeleteVirtualMFADeviceCommand.js


class DeleteVirtualMFADeviceCommand extends command(_ep0, _mw0, "DeleteVirtualMFADevice", DeleteVirtualMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DetachGroupPolicyCommand.js


class DetachGroupPolicyCommand extends command(_ep0, _mw0, "DetachGroupPolicy", DetachGroupPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DetachRolePolicyCommand.js


class DetachRolePolicyCommand extends command(_ep0, _mw0, "DetachRolePolicy", DetachRolePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DetachUserPolicyCommand.js


class DetachUserPolicyCommand extends command(_ep0, _mw0, "DetachUserPolicy", DetachUserPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DisableOrganizationsRootCredentialsManagementCommand.js


class DisableOrganizationsRootCredentialsManagementCommand extends command(_ep0, _mw0, "DisableOrganizationsRootCredentialsManagement", DisableOrganizationsRootCredentialsManagement$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DisableOrganizationsRootSessionsCommand.js


class DisableOrganizationsRootSessionsCommand extends command(_ep0, _mw0, "DisableOrganizationsRootSessions", DisableOrganizationsRootSessions$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/DisableOutboundWebIdentityFederationCommand.js


class DisableOutboundWebIdentityFederationCommand extends command(_ep0, _mw0, "DisableOutboundWebIdentityFederation", DisableOutboundWebIdentityFederation$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/EnableMFADeviceCommand.js


class EnableMFADeviceCommand extends command(_ep0, _mw0, "EnableMFADevice", EnableMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/EnableOrganizationsRootCredentialsManagementCommand.js


class EnableOrganizationsRootCredentialsManagementCommand extends command(_ep0, _mw0, "EnableOrganizationsRootCredentialsManagement", EnableOrganizationsRootCredentialsManagement$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/EnableOrganizationsRootSessionsCommand.js


class EnableOrganizationsRootSessionsCommand extends command(_ep0, _mw0, "EnableOrganizationsRootSessions", EnableOrganizationsRootSessions$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/EnableOutboundWebIdentityFederationCommand.js


class EnableOutboundWebIdentityFederationCommand extends command(_ep0, _mw0, "EnableOutboundWebIdentityFederation", EnableOutboundWebIdentityFederation$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GenerateCredentialReportCommand.js


class GenerateCredentialReportCommand extends command(_ep0, _mw0, "GenerateCredentialReport", GenerateCredentialReport$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GenerateOrganizationsAccessReportCommand.js


class GenerateOrganizationsAccessReportCommand extends command(_ep0, _mw0, "GenerateOrganizationsAccessReport", GenerateOrganizationsAccessReport$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GenerateServiceLastAccessedDetailsCommand.js


class GenerateServiceLastAccessedDetailsCommand extends command(_ep0, _mw0, "GenerateServiceLastAccessedDetails", GenerateServiceLastAccessedDetails$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetAccessKeyLastUsedCommand.js


class GetAccessKeyLastUsedCommand extends command(_ep0, _mw0, "GetAccessKeyLastUsed", GetAccessKeyLastUsed$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetAccountAuthorizationDetailsCommand.js


class GetAccountAuthorizationDetailsCommand extends command(_ep0, _mw0, "GetAccountAuthorizationDetails", GetAccountAuthorizationDetails$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetAccountPasswordPolicyCommand.js


class GetAccountPasswordPolicyCommand extends command(_ep0, _mw0, "GetAccountPasswordPolicy", GetAccountPasswordPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetAccountPropertiesCommand.js


class GetAccountPropertiesCommand extends command(_ep0, _mw0, "GetAccountProperties", GetAccountProperties$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetAccountSummaryCommand.js


class GetAccountSummaryCommand extends command(_ep0, _mw0, "GetAccountSummary", GetAccountSummary$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetContextKeysForCustomPolicyCommand.js


class GetContextKeysForCustomPolicyCommand extends command(_ep0, _mw0, "GetContextKeysForCustomPolicy", GetContextKeysForCustomPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetContextKeysForPrincipalPolicyCommand.js


class GetContextKeysForPrincipalPolicyCommand extends command(_ep0, _mw0, "GetContextKeysForPrincipalPolicy", GetContextKeysForPrincipalPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetCredentialReportCommand.js


class GetCredentialReportCommand extends command(_ep0, _mw0, "GetCredentialReport", GetCredentialReport$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetDelegationRequestCommand.js


class GetDelegationRequestCommand extends command(_ep0, _mw0, "GetDelegationRequest", GetDelegationRequest$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetGroupCommand.js


class GetGroupCommand extends command(_ep0, _mw0, "GetGroup", GetGroup$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetGroupPolicyCommand.js


class GetGroupPolicyCommand extends command(_ep0, _mw0, "GetGroupPolicy", GetGroupPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetHumanReadableSummaryCommand.js


class GetHumanReadableSummaryCommand extends command(_ep0, _mw0, "GetHumanReadableSummary", GetHumanReadableSummary$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetInstanceProfileCommand.js


class GetInstanceProfileCommand extends command(_ep0, _mw0, "GetInstanceProfile", GetInstanceProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetLoginProfileCommand.js


class GetLoginProfileCommand extends command(_ep0, _mw0, "GetLoginProfile", GetLoginProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetMFADeviceCommand.js


class GetMFADeviceCommand extends command(_ep0, _mw0, "GetMFADevice", GetMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetOpenIDConnectProviderCommand.js


class GetOpenIDConnectProviderCommand extends command(_ep0, _mw0, "GetOpenIDConnectProvider", GetOpenIDConnectProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetOrganizationsAccessReportCommand.js


class GetOrganizationsAccessReportCommand extends command(_ep0, _mw0, "GetOrganizationsAccessReport", GetOrganizationsAccessReport$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetOutboundWebIdentityFederationInfoCommand.js


class GetOutboundWebIdentityFederationInfoCommand extends command(_ep0, _mw0, "GetOutboundWebIdentityFederationInfo", GetOutboundWebIdentityFederationInfo$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetPolicyCommand.js


class GetPolicyCommand extends command(_ep0, _mw0, "GetPolicy", GetPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetPolicyVersionCommand.js


class GetPolicyVersionCommand extends command(_ep0, _mw0, "GetPolicyVersion", GetPolicyVersion$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetRoleCommand.js


class GetRoleCommand extends command(_ep0, _mw0, "GetRole", GetRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetRolePolicyCommand.js


class GetRolePolicyCommand extends command(_ep0, _mw0, "GetRolePolicy", GetRolePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetRoleTemplateVersionCommand.js


class GetRoleTemplateVersionCommand extends command(_ep0, _mw0, "GetRoleTemplateVersion", GetRoleTemplateVersion$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetSAMLProviderCommand.js


class GetSAMLProviderCommand extends command(_ep0, _mw0, "GetSAMLProvider", GetSAMLProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetServerCertificateCommand.js


class GetServerCertificateCommand extends command(_ep0, _mw0, "GetServerCertificate", GetServerCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetServiceLastAccessedDetailsCommand.js


class GetServiceLastAccessedDetailsCommand extends command(_ep0, _mw0, "GetServiceLastAccessedDetails", GetServiceLastAccessedDetails$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetServiceLastAccessedDetailsWithEntitiesCommand.js


class GetServiceLastAccessedDetailsWithEntitiesCommand extends command(_ep0, _mw0, "GetServiceLastAccessedDetailsWithEntities", GetServiceLastAccessedDetailsWithEntities$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetServiceLinkedRoleDeletionStatusCommand.js


class GetServiceLinkedRoleDeletionStatusCommand extends command(_ep0, _mw0, "GetServiceLinkedRoleDeletionStatus", GetServiceLinkedRoleDeletionStatus$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetSSHPublicKeyCommand.js


class GetSSHPublicKeyCommand extends command(_ep0, _mw0, "GetSSHPublicKey", GetSSHPublicKey$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetUserCommand.js


class GetUserCommand extends command(_ep0, _mw0, "GetUser", GetUser$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/GetUserPolicyCommand.js


class GetUserPolicyCommand extends command(_ep0, _mw0, "GetUserPolicy", GetUserPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListAccessKeysCommand.js


class ListAccessKeysCommand extends command(_ep0, _mw0, "ListAccessKeys", ListAccessKeys$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListAccountAliasesCommand.js


class ListAccountAliasesCommand extends command(_ep0, _mw0, "ListAccountAliases", ListAccountAliases$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListAttachedGroupPoliciesCommand.js


class ListAttachedGroupPoliciesCommand extends command(_ep0, _mw0, "ListAttachedGroupPolicies", ListAttachedGroupPolicies$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListAttachedRolePoliciesCommand.js


class ListAttachedRolePoliciesCommand extends command(_ep0, _mw0, "ListAttachedRolePolicies", ListAttachedRolePolicies$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListAttachedUserPoliciesCommand.js


class ListAttachedUserPoliciesCommand extends command(_ep0, _mw0, "ListAttachedUserPolicies", ListAttachedUserPolicies$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListDelegationRequestsCommand.js


class ListDelegationRequestsCommand extends command(_ep0, _mw0, "ListDelegationRequests", ListDelegationRequests$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListEntitiesForPolicyCommand.js


class ListEntitiesForPolicyCommand extends command(_ep0, _mw0, "ListEntitiesForPolicy", ListEntitiesForPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListGroupPoliciesCommand.js


class ListGroupPoliciesCommand extends command(_ep0, _mw0, "ListGroupPolicies", ListGroupPolicies$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListGroupsCommand.js


class ListGroupsCommand extends command(_ep0, _mw0, "ListGroups", ListGroups$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListGroupsForUserCommand.js


class ListGroupsForUserCommand extends command(_ep0, _mw0, "ListGroupsForUser", ListGroupsForUser$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListInstanceProfilesCommand.js


class ListInstanceProfilesCommand extends command(_ep0, _mw0, "ListInstanceProfiles", ListInstanceProfiles$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListInstanceProfilesForRoleCommand.js


class ListInstanceProfilesForRoleCommand extends command(_ep0, _mw0, "ListInstanceProfilesForRole", ListInstanceProfilesForRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListInstanceProfileTagsCommand.js


class ListInstanceProfileTagsCommand extends command(_ep0, _mw0, "ListInstanceProfileTags", ListInstanceProfileTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListMFADevicesCommand.js


class ListMFADevicesCommand extends command(_ep0, _mw0, "ListMFADevices", ListMFADevices$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListMFADeviceTagsCommand.js


class ListMFADeviceTagsCommand extends command(_ep0, _mw0, "ListMFADeviceTags", ListMFADeviceTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListOpenIDConnectProvidersCommand.js


class ListOpenIDConnectProvidersCommand extends command(_ep0, _mw0, "ListOpenIDConnectProviders", ListOpenIDConnectProviders$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListOpenIDConnectProviderTagsCommand.js


class ListOpenIDConnectProviderTagsCommand extends command(_ep0, _mw0, "ListOpenIDConnectProviderTags", ListOpenIDConnectProviderTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListOrganizationsFeaturesCommand.js


class ListOrganizationsFeaturesCommand extends command(_ep0, _mw0, "ListOrganizationsFeatures", ListOrganizationsFeatures$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListPoliciesCommand.js


class ListPoliciesCommand extends command(_ep0, _mw0, "ListPolicies", ListPolicies$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListPoliciesGrantingServiceAccessCommand.js


class ListPoliciesGrantingServiceAccessCommand extends command(_ep0, _mw0, "ListPoliciesGrantingServiceAccess", ListPoliciesGrantingServiceAccess$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListPolicyTagsCommand.js


class ListPolicyTagsCommand extends command(_ep0, _mw0, "ListPolicyTags", ListPolicyTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListPolicyVersionsCommand.js


class ListPolicyVersionsCommand extends command(_ep0, _mw0, "ListPolicyVersions", ListPolicyVersions$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListRolePoliciesCommand.js


class ListRolePoliciesCommand extends command(_ep0, _mw0, "ListRolePolicies", ListRolePolicies$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListRolesCommand.js


class ListRolesCommand extends command(_ep0, _mw0, "ListRoles", ListRoles$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListRoleTagsCommand.js


class ListRoleTagsCommand extends command(_ep0, _mw0, "ListRoleTags", ListRoleTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListSAMLProvidersCommand.js


class ListSAMLProvidersCommand extends command(_ep0, _mw0, "ListSAMLProviders", ListSAMLProviders$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListSAMLProviderTagsCommand.js


class ListSAMLProviderTagsCommand extends command(_ep0, _mw0, "ListSAMLProviderTags", ListSAMLProviderTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListServerCertificatesCommand.js


class ListServerCertificatesCommand extends command(_ep0, _mw0, "ListServerCertificates", ListServerCertificates$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListServerCertificateTagsCommand.js


class ListServerCertificateTagsCommand extends command(_ep0, _mw0, "ListServerCertificateTags", ListServerCertificateTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListServiceSpecificCredentialsCommand.js


class ListServiceSpecificCredentialsCommand extends command(_ep0, _mw0, "ListServiceSpecificCredentials", ListServiceSpecificCredentials$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListSigningCertificatesCommand.js


class ListSigningCertificatesCommand extends command(_ep0, _mw0, "ListSigningCertificates", ListSigningCertificates$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListSSHPublicKeysCommand.js


class ListSSHPublicKeysCommand extends command(_ep0, _mw0, "ListSSHPublicKeys", ListSSHPublicKeys$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListUserPoliciesCommand.js


class ListUserPoliciesCommand extends command(_ep0, _mw0, "ListUserPolicies", ListUserPolicies$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListUsersCommand.js


class ListUsersCommand extends command(_ep0, _mw0, "ListUsers", ListUsers$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListUserTagsCommand.js


class ListUserTagsCommand extends command(_ep0, _mw0, "ListUserTags", ListUserTags$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ListVirtualMFADevicesCommand.js


class ListVirtualMFADevicesCommand extends command(_ep0, _mw0, "ListVirtualMFADevices", ListVirtualMFADevices$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/PutAccountPropertiesCommand.js


class PutAccountPropertiesCommand extends command(_ep0, _mw0, "PutAccountProperties", PutAccountProperties$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/PutGroupPolicyCommand.js


class PutGroupPolicyCommand extends command(_ep0, _mw0, "PutGroupPolicy", PutGroupPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/PutRolePermissionsBoundaryCommand.js


class PutRolePermissionsBoundaryCommand extends command(_ep0, _mw0, "PutRolePermissionsBoundary", PutRolePermissionsBoundary$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/PutRolePolicyCommand.js


class PutRolePolicyCommand extends command(_ep0, _mw0, "PutRolePolicy", PutRolePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/PutUserPermissionsBoundaryCommand.js


class PutUserPermissionsBoundaryCommand extends command(_ep0, _mw0, "PutUserPermissionsBoundary", PutUserPermissionsBoundary$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/PutUserPolicyCommand.js


class PutUserPolicyCommand extends command(_ep0, _mw0, "PutUserPolicy", PutUserPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/RejectDelegationRequestCommand.js


class RejectDelegationRequestCommand extends command(_ep0, _mw0, "RejectDelegationRequest", RejectDelegationRequest$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/RemoveClientIDFromOpenIDConnectProviderCommand.js


class RemoveClientIDFromOpenIDConnectProviderCommand extends command(_ep0, _mw0, "RemoveClientIDFromOpenIDConnectProvider", RemoveClientIDFromOpenIDConnectProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/RemoveRoleFromInstanceProfileCommand.js


class RemoveRoleFromInstanceProfileCommand extends command(_ep0, _mw0, "RemoveRoleFromInstanceProfile", RemoveRoleFromInstanceProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/RemoveUserFromGroupCommand.js


class RemoveUserFromGroupCommand extends command(_ep0, _mw0, "RemoveUserFromGroup", RemoveUserFromGroup$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ResetServiceSpecificCredentialCommand.js


class ResetServiceSpecificCredentialCommand extends command(_ep0, _mw0, "ResetServiceSpecificCredential", ResetServiceSpecificCredential$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/ResyncMFADeviceCommand.js


class ResyncMFADeviceCommand extends command(_ep0, _mw0, "ResyncMFADevice", ResyncMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/SendDelegationTokenCommand.js


class SendDelegationTokenCommand extends command(_ep0, _mw0, "SendDelegationToken", SendDelegationToken$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/SetDefaultPolicyVersionCommand.js


class SetDefaultPolicyVersionCommand extends command(_ep0, _mw0, "SetDefaultPolicyVersion", SetDefaultPolicyVersion$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/SetSecurityTokenServicePreferencesCommand.js


class SetSecurityTokenServicePreferencesCommand extends command(_ep0, _mw0, "SetSecurityTokenServicePreferences", SetSecurityTokenServicePreferences$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/SimulateCustomPolicyCommand.js


class SimulateCustomPolicyCommand extends command(_ep0, _mw0, "SimulateCustomPolicy", SimulateCustomPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/SimulatePrincipalPolicyCommand.js


class SimulatePrincipalPolicyCommand extends command(_ep0, _mw0, "SimulatePrincipalPolicy", SimulatePrincipalPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagInstanceProfileCommand.js


class TagInstanceProfileCommand extends command(_ep0, _mw0, "TagInstanceProfile", TagInstanceProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagMFADeviceCommand.js


class TagMFADeviceCommand extends command(_ep0, _mw0, "TagMFADevice", TagMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagOpenIDConnectProviderCommand.js


class TagOpenIDConnectProviderCommand extends command(_ep0, _mw0, "TagOpenIDConnectProvider", TagOpenIDConnectProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagPolicyCommand.js


class TagPolicyCommand extends command(_ep0, _mw0, "TagPolicy", TagPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagRoleCommand.js


class TagRoleCommand extends command(_ep0, _mw0, "TagRole", TagRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagSAMLProviderCommand.js


class TagSAMLProviderCommand extends command(_ep0, _mw0, "TagSAMLProvider", TagSAMLProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagServerCertificateCommand.js


class TagServerCertificateCommand extends command(_ep0, _mw0, "TagServerCertificate", TagServerCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/TagUserCommand.js


class TagUserCommand extends command(_ep0, _mw0, "TagUser", TagUser$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagInstanceProfileCommand.js


class UntagInstanceProfileCommand extends command(_ep0, _mw0, "UntagInstanceProfile", UntagInstanceProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagMFADeviceCommand.js


class UntagMFADeviceCommand extends command(_ep0, _mw0, "UntagMFADevice", UntagMFADevice$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagOpenIDConnectProviderCommand.js


class UntagOpenIDConnectProviderCommand extends command(_ep0, _mw0, "UntagOpenIDConnectProvider", UntagOpenIDConnectProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagPolicyCommand.js


class UntagPolicyCommand extends command(_ep0, _mw0, "UntagPolicy", UntagPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagRoleCommand.js


class UntagRoleCommand extends command(_ep0, _mw0, "UntagRole", UntagRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagSAMLProviderCommand.js


class UntagSAMLProviderCommand extends command(_ep0, _mw0, "UntagSAMLProvider", UntagSAMLProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagServerCertificateCommand.js


class UntagServerCertificateCommand extends command(_ep0, _mw0, "UntagServerCertificate", UntagServerCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UntagUserCommand.js


class UntagUserCommand extends command(_ep0, _mw0, "UntagUser", UntagUser$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateAccessKeyCommand.js


class UpdateAccessKeyCommand extends command(_ep0, _mw0, "UpdateAccessKey", UpdateAccessKey$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateAccountPasswordPolicyCommand.js


class UpdateAccountPasswordPolicyCommand extends command(_ep0, _mw0, "UpdateAccountPasswordPolicy", UpdateAccountPasswordPolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateAssumeRolePolicyCommand.js


class UpdateAssumeRolePolicyCommand extends command(_ep0, _mw0, "UpdateAssumeRolePolicy", UpdateAssumeRolePolicy$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateDelegationRequestCommand.js


class UpdateDelegationRequestCommand extends command(_ep0, _mw0, "UpdateDelegationRequest", UpdateDelegationRequest$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateGroupCommand.js


class UpdateGroupCommand extends command(_ep0, _mw0, "UpdateGroup", UpdateGroup$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateLoginProfileCommand.js


class UpdateLoginProfileCommand extends command(_ep0, _mw0, "UpdateLoginProfile", UpdateLoginProfile$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateOpenIDConnectProviderThumbprintCommand.js


class UpdateOpenIDConnectProviderThumbprintCommand extends command(_ep0, _mw0, "UpdateOpenIDConnectProviderThumbprint", UpdateOpenIDConnectProviderThumbprint$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateRoleCommand.js


class UpdateRoleCommand extends command(_ep0, _mw0, "UpdateRole", UpdateRole$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateRoleDescriptionCommand.js


class UpdateRoleDescriptionCommand extends command(_ep0, _mw0, "UpdateRoleDescription", UpdateRoleDescription$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateSAMLProviderCommand.js


class UpdateSAMLProviderCommand extends command(_ep0, _mw0, "UpdateSAMLProvider", UpdateSAMLProvider$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateServerCertificateCommand.js


class UpdateServerCertificateCommand extends command(_ep0, _mw0, "UpdateServerCertificate", UpdateServerCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateServiceSpecificCredentialCommand.js


class UpdateServiceSpecificCredentialCommand extends command(_ep0, _mw0, "UpdateServiceSpecificCredential", UpdateServiceSpecificCredential$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateSigningCertificateCommand.js


class UpdateSigningCertificateCommand extends command(_ep0, _mw0, "UpdateSigningCertificate", UpdateSigningCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateSSHPublicKeyCommand.js


class UpdateSSHPublicKeyCommand extends command(_ep0, _mw0, "UpdateSSHPublicKey", UpdateSSHPublicKey$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UpdateUserCommand.js


class UpdateUserCommand extends command(_ep0, _mw0, "UpdateUser", UpdateUser$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UploadServerCertificateCommand.js


class UploadServerCertificateCommand extends command(_ep0, _mw0, "UploadServerCertificate", UploadServerCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UploadSigningCertificateCommand.js


class UploadSigningCertificateCommand extends command(_ep0, _mw0, "UploadSigningCertificate", UploadSigningCertificate$) {
}

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/UploadSSHPublicKeyCommand.js


class UploadSSHPublicKeyCommand extends command(_ep0, _mw0, "UploadSSHPublicKey", UploadSSHPublicKey$) {
}

// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/legacy-root-exports/pagination/createPaginator.js
var createPaginator = __webpack_require__(72109);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/GetAccountAuthorizationDetailsPaginator.js



const paginateGetAccountAuthorizationDetails = (0,createPaginator/* createPaginator */.K)(IAMClient, GetAccountAuthorizationDetailsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/GetGroupPaginator.js



const paginateGetGroup = (0,createPaginator/* createPaginator */.K)(IAMClient, GetGroupCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListAccessKeysPaginator.js



const paginateListAccessKeys = (0,createPaginator/* createPaginator */.K)(IAMClient, ListAccessKeysCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListAccountAliasesPaginator.js



const paginateListAccountAliases = (0,createPaginator/* createPaginator */.K)(IAMClient, ListAccountAliasesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListAttachedGroupPoliciesPaginator.js



const paginateListAttachedGroupPolicies = (0,createPaginator/* createPaginator */.K)(IAMClient, ListAttachedGroupPoliciesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListAttachedRolePoliciesPaginator.js



const paginateListAttachedRolePolicies = (0,createPaginator/* createPaginator */.K)(IAMClient, ListAttachedRolePoliciesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListAttachedUserPoliciesPaginator.js



const paginateListAttachedUserPolicies = (0,createPaginator/* createPaginator */.K)(IAMClient, ListAttachedUserPoliciesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListEntitiesForPolicyPaginator.js



const paginateListEntitiesForPolicy = (0,createPaginator/* createPaginator */.K)(IAMClient, ListEntitiesForPolicyCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListGroupPoliciesPaginator.js



const paginateListGroupPolicies = (0,createPaginator/* createPaginator */.K)(IAMClient, ListGroupPoliciesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListGroupsForUserPaginator.js



const paginateListGroupsForUser = (0,createPaginator/* createPaginator */.K)(IAMClient, ListGroupsForUserCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListGroupsPaginator.js



const paginateListGroups = (0,createPaginator/* createPaginator */.K)(IAMClient, ListGroupsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListInstanceProfilesForRolePaginator.js



const paginateListInstanceProfilesForRole = (0,createPaginator/* createPaginator */.K)(IAMClient, ListInstanceProfilesForRoleCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListInstanceProfilesPaginator.js



const paginateListInstanceProfiles = (0,createPaginator/* createPaginator */.K)(IAMClient, ListInstanceProfilesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListInstanceProfileTagsPaginator.js



const paginateListInstanceProfileTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListInstanceProfileTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListMFADevicesPaginator.js



const paginateListMFADevices = (0,createPaginator/* createPaginator */.K)(IAMClient, ListMFADevicesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListMFADeviceTagsPaginator.js



const paginateListMFADeviceTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListMFADeviceTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListOpenIDConnectProviderTagsPaginator.js



const paginateListOpenIDConnectProviderTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListOpenIDConnectProviderTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListPoliciesPaginator.js



const paginateListPolicies = (0,createPaginator/* createPaginator */.K)(IAMClient, ListPoliciesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListPolicyTagsPaginator.js



const paginateListPolicyTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListPolicyTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListPolicyVersionsPaginator.js



const paginateListPolicyVersions = (0,createPaginator/* createPaginator */.K)(IAMClient, ListPolicyVersionsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListRolePoliciesPaginator.js



const paginateListRolePolicies = (0,createPaginator/* createPaginator */.K)(IAMClient, ListRolePoliciesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListRolesPaginator.js



const paginateListRoles = (0,createPaginator/* createPaginator */.K)(IAMClient, ListRolesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListRoleTagsPaginator.js



const paginateListRoleTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListRoleTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListSAMLProviderTagsPaginator.js



const paginateListSAMLProviderTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListSAMLProviderTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListServerCertificatesPaginator.js



const paginateListServerCertificates = (0,createPaginator/* createPaginator */.K)(IAMClient, ListServerCertificatesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListServerCertificateTagsPaginator.js



const paginateListServerCertificateTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListServerCertificateTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListSigningCertificatesPaginator.js



const paginateListSigningCertificates = (0,createPaginator/* createPaginator */.K)(IAMClient, ListSigningCertificatesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListSSHPublicKeysPaginator.js



const paginateListSSHPublicKeys = (0,createPaginator/* createPaginator */.K)(IAMClient, ListSSHPublicKeysCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListUserPoliciesPaginator.js



const paginateListUserPolicies = (0,createPaginator/* createPaginator */.K)(IAMClient, ListUserPoliciesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListUsersPaginator.js



const paginateListUsers = (0,createPaginator/* createPaginator */.K)(IAMClient, ListUsersCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListUserTagsPaginator.js



const paginateListUserTags = (0,createPaginator/* createPaginator */.K)(IAMClient, ListUserTagsCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/ListVirtualMFADevicesPaginator.js



const paginateListVirtualMFADevices = (0,createPaginator/* createPaginator */.K)(IAMClient, ListVirtualMFADevicesCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/SimulateCustomPolicyPaginator.js



const paginateSimulateCustomPolicy = (0,createPaginator/* createPaginator */.K)(IAMClient, SimulateCustomPolicyCommand, "Marker", "Marker", "MaxItems");

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/SimulatePrincipalPolicyPaginator.js



const paginateSimulatePrincipalPolicy = (0,createPaginator/* createPaginator */.K)(IAMClient, SimulatePrincipalPolicyCommand, "Marker", "Marker", "MaxItems");

// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/waiter.js
var waiter = __webpack_require__(62940);
// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/createWaiter.js + 3 modules
var createWaiter = __webpack_require__(72997);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/waiters/waitForInstanceProfileExists.js


const checkState = async (client, input) => {
    let reason;
    try {
        let result = await client.send(new GetInstanceProfileCommand(input));
        reason = result;
        return { state: waiter/* WaiterState */.IX.SUCCESS, reason };
    }
    catch (exception) {
        reason = exception;
        if (exception.name === "NoSuchEntityException") {
            return { state: waiter/* WaiterState */.IX.RETRY, reason };
        }
    }
    return { state: waiter/* WaiterState */.IX.RETRY, reason };
};
const waitForInstanceProfileExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    return (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, checkState);
};
const waitUntilInstanceProfileExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    const result = await (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, checkState);
    return (0,waiter/* checkExceptions */.No)(result);
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/waiters/waitForPolicyExists.js


const waitForPolicyExists_checkState = async (client, input) => {
    let reason;
    try {
        let result = await client.send(new GetPolicyCommand(input));
        reason = result;
        return { state: waiter/* WaiterState */.IX.SUCCESS, reason };
    }
    catch (exception) {
        reason = exception;
        if (exception.name === "NoSuchEntityException") {
            return { state: waiter/* WaiterState */.IX.RETRY, reason };
        }
    }
    return { state: waiter/* WaiterState */.IX.RETRY, reason };
};
const waitForPolicyExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    return (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, waitForPolicyExists_checkState);
};
const waitUntilPolicyExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    const result = await (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, waitForPolicyExists_checkState);
    return (0,waiter/* checkExceptions */.No)(result);
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/waiters/waitForRoleExists.js


const waitForRoleExists_checkState = async (client, input) => {
    let reason;
    try {
        let result = await client.send(new GetRoleCommand(input));
        reason = result;
        return { state: waiter/* WaiterState */.IX.SUCCESS, reason };
    }
    catch (exception) {
        reason = exception;
        if (exception.name === "NoSuchEntityException") {
            return { state: waiter/* WaiterState */.IX.RETRY, reason };
        }
    }
    return { state: waiter/* WaiterState */.IX.RETRY, reason };
};
const waitForRoleExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    return (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, waitForRoleExists_checkState);
};
const waitUntilRoleExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    const result = await (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, waitForRoleExists_checkState);
    return (0,waiter/* checkExceptions */.No)(result);
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/waiters/waitForUserExists.js


const waitForUserExists_checkState = async (client, input) => {
    let reason;
    try {
        let result = await client.send(new GetUserCommand(input));
        reason = result;
        return { state: waiter/* WaiterState */.IX.SUCCESS, reason };
    }
    catch (exception) {
        reason = exception;
        if (exception.name === "NoSuchEntityException") {
            return { state: waiter/* WaiterState */.IX.RETRY, reason };
        }
    }
    return { state: waiter/* WaiterState */.IX.RETRY, reason };
};
const waitForUserExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    return (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, waitForUserExists_checkState);
};
const waitUntilUserExists = async (params, input) => {
    const serviceDefaults = { minDelay: 1, maxDelay: 120 };
    const result = await (0,createWaiter/* createWaiter */.$)({ ...serviceDefaults, ...params }, input, waitForUserExists_checkState);
    return (0,waiter/* checkExceptions */.No)(result);
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/IAM.js




























































































































































































































const commands = {
    AcceptDelegationRequestCommand: AcceptDelegationRequestCommand,
    AcquireRoleCommand: AcquireRoleCommand,
    AddClientIDToOpenIDConnectProviderCommand: AddClientIDToOpenIDConnectProviderCommand,
    AddRoleToInstanceProfileCommand: AddRoleToInstanceProfileCommand,
    AddUserToGroupCommand: AddUserToGroupCommand,
    AssociateDelegationRequestCommand: AssociateDelegationRequestCommand,
    AttachGroupPolicyCommand: AttachGroupPolicyCommand,
    AttachRolePolicyCommand: AttachRolePolicyCommand,
    AttachUserPolicyCommand: AttachUserPolicyCommand,
    ChangePasswordCommand: ChangePasswordCommand,
    CreateAccessKeyCommand: CreateAccessKeyCommand,
    CreateAccountAliasCommand: CreateAccountAliasCommand,
    CreateDelegationRequestCommand: CreateDelegationRequestCommand,
    CreateGroupCommand: CreateGroupCommand,
    CreateInstanceProfileCommand: CreateInstanceProfileCommand,
    CreateLoginProfileCommand: CreateLoginProfileCommand,
    CreateOpenIDConnectProviderCommand: CreateOpenIDConnectProviderCommand,
    CreatePolicyCommand: CreatePolicyCommand,
    CreatePolicyVersionCommand: CreatePolicyVersionCommand,
    CreateRoleCommand: CreateRoleCommand,
    CreateSAMLProviderCommand: CreateSAMLProviderCommand,
    CreateServiceLinkedRoleCommand: CreateServiceLinkedRoleCommand,
    CreateServiceSpecificCredentialCommand: CreateServiceSpecificCredentialCommand,
    CreateUserCommand: CreateUserCommand,
    CreateVirtualMFADeviceCommand: CreateVirtualMFADeviceCommand,
    DeactivateMFADeviceCommand: DeactivateMFADeviceCommand,
    DeleteAccessKeyCommand: DeleteAccessKeyCommand,
    DeleteAccountAliasCommand: DeleteAccountAliasCommand,
    DeleteAccountPasswordPolicyCommand: DeleteAccountPasswordPolicyCommand,
    DeleteGroupCommand: DeleteGroupCommand,
    DeleteGroupPolicyCommand: DeleteGroupPolicyCommand,
    DeleteInstanceProfileCommand: DeleteInstanceProfileCommand,
    DeleteLoginProfileCommand: DeleteLoginProfileCommand,
    DeleteOpenIDConnectProviderCommand: DeleteOpenIDConnectProviderCommand,
    DeletePolicyCommand: DeletePolicyCommand,
    DeletePolicyVersionCommand: DeletePolicyVersionCommand,
    DeleteRoleCommand: DeleteRoleCommand,
    DeleteRolePermissionsBoundaryCommand: DeleteRolePermissionsBoundaryCommand,
    DeleteRolePolicyCommand: DeleteRolePolicyCommand,
    DeleteSAMLProviderCommand: DeleteSAMLProviderCommand,
    DeleteServerCertificateCommand: DeleteServerCertificateCommand,
    DeleteServiceLinkedRoleCommand: DeleteServiceLinkedRoleCommand,
    DeleteServiceSpecificCredentialCommand: DeleteServiceSpecificCredentialCommand,
    DeleteSigningCertificateCommand: DeleteSigningCertificateCommand,
    DeleteSSHPublicKeyCommand: DeleteSSHPublicKeyCommand,
    DeleteUserCommand: DeleteUserCommand,
    DeleteUserPermissionsBoundaryCommand: DeleteUserPermissionsBoundaryCommand,
    DeleteUserPolicyCommand: DeleteUserPolicyCommand,
    DeleteVirtualMFADeviceCommand: DeleteVirtualMFADeviceCommand,
    DetachGroupPolicyCommand: DetachGroupPolicyCommand,
    DetachRolePolicyCommand: DetachRolePolicyCommand,
    DetachUserPolicyCommand: DetachUserPolicyCommand,
    DisableOrganizationsRootCredentialsManagementCommand: DisableOrganizationsRootCredentialsManagementCommand,
    DisableOrganizationsRootSessionsCommand: DisableOrganizationsRootSessionsCommand,
    DisableOutboundWebIdentityFederationCommand: DisableOutboundWebIdentityFederationCommand,
    EnableMFADeviceCommand: EnableMFADeviceCommand,
    EnableOrganizationsRootCredentialsManagementCommand: EnableOrganizationsRootCredentialsManagementCommand,
    EnableOrganizationsRootSessionsCommand: EnableOrganizationsRootSessionsCommand,
    EnableOutboundWebIdentityFederationCommand: EnableOutboundWebIdentityFederationCommand,
    GenerateCredentialReportCommand: GenerateCredentialReportCommand,
    GenerateOrganizationsAccessReportCommand: GenerateOrganizationsAccessReportCommand,
    GenerateServiceLastAccessedDetailsCommand: GenerateServiceLastAccessedDetailsCommand,
    GetAccessKeyLastUsedCommand: GetAccessKeyLastUsedCommand,
    GetAccountAuthorizationDetailsCommand: GetAccountAuthorizationDetailsCommand,
    GetAccountPasswordPolicyCommand: GetAccountPasswordPolicyCommand,
    GetAccountPropertiesCommand: GetAccountPropertiesCommand,
    GetAccountSummaryCommand: GetAccountSummaryCommand,
    GetContextKeysForCustomPolicyCommand: GetContextKeysForCustomPolicyCommand,
    GetContextKeysForPrincipalPolicyCommand: GetContextKeysForPrincipalPolicyCommand,
    GetCredentialReportCommand: GetCredentialReportCommand,
    GetDelegationRequestCommand: GetDelegationRequestCommand,
    GetGroupCommand: GetGroupCommand,
    GetGroupPolicyCommand: GetGroupPolicyCommand,
    GetHumanReadableSummaryCommand: GetHumanReadableSummaryCommand,
    GetInstanceProfileCommand: GetInstanceProfileCommand,
    GetLoginProfileCommand: GetLoginProfileCommand,
    GetMFADeviceCommand: GetMFADeviceCommand,
    GetOpenIDConnectProviderCommand: GetOpenIDConnectProviderCommand,
    GetOrganizationsAccessReportCommand: GetOrganizationsAccessReportCommand,
    GetOutboundWebIdentityFederationInfoCommand: GetOutboundWebIdentityFederationInfoCommand,
    GetPolicyCommand: GetPolicyCommand,
    GetPolicyVersionCommand: GetPolicyVersionCommand,
    GetRoleCommand: GetRoleCommand,
    GetRolePolicyCommand: GetRolePolicyCommand,
    GetRoleTemplateVersionCommand: GetRoleTemplateVersionCommand,
    GetSAMLProviderCommand: GetSAMLProviderCommand,
    GetServerCertificateCommand: GetServerCertificateCommand,
    GetServiceLastAccessedDetailsCommand: GetServiceLastAccessedDetailsCommand,
    GetServiceLastAccessedDetailsWithEntitiesCommand: GetServiceLastAccessedDetailsWithEntitiesCommand,
    GetServiceLinkedRoleDeletionStatusCommand: GetServiceLinkedRoleDeletionStatusCommand,
    GetSSHPublicKeyCommand: GetSSHPublicKeyCommand,
    GetUserCommand: GetUserCommand,
    GetUserPolicyCommand: GetUserPolicyCommand,
    ListAccessKeysCommand: ListAccessKeysCommand,
    ListAccountAliasesCommand: ListAccountAliasesCommand,
    ListAttachedGroupPoliciesCommand: ListAttachedGroupPoliciesCommand,
    ListAttachedRolePoliciesCommand: ListAttachedRolePoliciesCommand,
    ListAttachedUserPoliciesCommand: ListAttachedUserPoliciesCommand,
    ListDelegationRequestsCommand: ListDelegationRequestsCommand,
    ListEntitiesForPolicyCommand: ListEntitiesForPolicyCommand,
    ListGroupPoliciesCommand: ListGroupPoliciesCommand,
    ListGroupsCommand: ListGroupsCommand,
    ListGroupsForUserCommand: ListGroupsForUserCommand,
    ListInstanceProfilesCommand: ListInstanceProfilesCommand,
    ListInstanceProfilesForRoleCommand: ListInstanceProfilesForRoleCommand,
    ListInstanceProfileTagsCommand: ListInstanceProfileTagsCommand,
    ListMFADevicesCommand: ListMFADevicesCommand,
    ListMFADeviceTagsCommand: ListMFADeviceTagsCommand,
    ListOpenIDConnectProvidersCommand: ListOpenIDConnectProvidersCommand,
    ListOpenIDConnectProviderTagsCommand: ListOpenIDConnectProviderTagsCommand,
    ListOrganizationsFeaturesCommand: ListOrganizationsFeaturesCommand,
    ListPoliciesCommand: ListPoliciesCommand,
    ListPoliciesGrantingServiceAccessCommand: ListPoliciesGrantingServiceAccessCommand,
    ListPolicyTagsCommand: ListPolicyTagsCommand,
    ListPolicyVersionsCommand: ListPolicyVersionsCommand,
    ListRolePoliciesCommand: ListRolePoliciesCommand,
    ListRolesCommand: ListRolesCommand,
    ListRoleTagsCommand: ListRoleTagsCommand,
    ListSAMLProvidersCommand: ListSAMLProvidersCommand,
    ListSAMLProviderTagsCommand: ListSAMLProviderTagsCommand,
    ListServerCertificatesCommand: ListServerCertificatesCommand,
    ListServerCertificateTagsCommand: ListServerCertificateTagsCommand,
    ListServiceSpecificCredentialsCommand: ListServiceSpecificCredentialsCommand,
    ListSigningCertificatesCommand: ListSigningCertificatesCommand,
    ListSSHPublicKeysCommand: ListSSHPublicKeysCommand,
    ListUserPoliciesCommand: ListUserPoliciesCommand,
    ListUsersCommand: ListUsersCommand,
    ListUserTagsCommand: ListUserTagsCommand,
    ListVirtualMFADevicesCommand: ListVirtualMFADevicesCommand,
    PutAccountPropertiesCommand: PutAccountPropertiesCommand,
    PutGroupPolicyCommand: PutGroupPolicyCommand,
    PutRolePermissionsBoundaryCommand: PutRolePermissionsBoundaryCommand,
    PutRolePolicyCommand: PutRolePolicyCommand,
    PutUserPermissionsBoundaryCommand: PutUserPermissionsBoundaryCommand,
    PutUserPolicyCommand: PutUserPolicyCommand,
    RejectDelegationRequestCommand: RejectDelegationRequestCommand,
    RemoveClientIDFromOpenIDConnectProviderCommand: RemoveClientIDFromOpenIDConnectProviderCommand,
    RemoveRoleFromInstanceProfileCommand: RemoveRoleFromInstanceProfileCommand,
    RemoveUserFromGroupCommand: RemoveUserFromGroupCommand,
    ResetServiceSpecificCredentialCommand: ResetServiceSpecificCredentialCommand,
    ResyncMFADeviceCommand: ResyncMFADeviceCommand,
    SendDelegationTokenCommand: SendDelegationTokenCommand,
    SetDefaultPolicyVersionCommand: SetDefaultPolicyVersionCommand,
    SetSecurityTokenServicePreferencesCommand: SetSecurityTokenServicePreferencesCommand,
    SimulateCustomPolicyCommand: SimulateCustomPolicyCommand,
    SimulatePrincipalPolicyCommand: SimulatePrincipalPolicyCommand,
    TagInstanceProfileCommand: TagInstanceProfileCommand,
    TagMFADeviceCommand: TagMFADeviceCommand,
    TagOpenIDConnectProviderCommand: TagOpenIDConnectProviderCommand,
    TagPolicyCommand: TagPolicyCommand,
    TagRoleCommand: TagRoleCommand,
    TagSAMLProviderCommand: TagSAMLProviderCommand,
    TagServerCertificateCommand: TagServerCertificateCommand,
    TagUserCommand: TagUserCommand,
    UntagInstanceProfileCommand: UntagInstanceProfileCommand,
    UntagMFADeviceCommand: UntagMFADeviceCommand,
    UntagOpenIDConnectProviderCommand: UntagOpenIDConnectProviderCommand,
    UntagPolicyCommand: UntagPolicyCommand,
    UntagRoleCommand: UntagRoleCommand,
    UntagSAMLProviderCommand: UntagSAMLProviderCommand,
    UntagServerCertificateCommand: UntagServerCertificateCommand,
    UntagUserCommand: UntagUserCommand,
    UpdateAccessKeyCommand: UpdateAccessKeyCommand,
    UpdateAccountPasswordPolicyCommand: UpdateAccountPasswordPolicyCommand,
    UpdateAssumeRolePolicyCommand: UpdateAssumeRolePolicyCommand,
    UpdateDelegationRequestCommand: UpdateDelegationRequestCommand,
    UpdateGroupCommand: UpdateGroupCommand,
    UpdateLoginProfileCommand: UpdateLoginProfileCommand,
    UpdateOpenIDConnectProviderThumbprintCommand: UpdateOpenIDConnectProviderThumbprintCommand,
    UpdateRoleCommand: UpdateRoleCommand,
    UpdateRoleDescriptionCommand: UpdateRoleDescriptionCommand,
    UpdateSAMLProviderCommand: UpdateSAMLProviderCommand,
    UpdateServerCertificateCommand: UpdateServerCertificateCommand,
    UpdateServiceSpecificCredentialCommand: UpdateServiceSpecificCredentialCommand,
    UpdateSigningCertificateCommand: UpdateSigningCertificateCommand,
    UpdateSSHPublicKeyCommand: UpdateSSHPublicKeyCommand,
    UpdateUserCommand: UpdateUserCommand,
    UploadServerCertificateCommand: UploadServerCertificateCommand,
    UploadSigningCertificateCommand: UploadSigningCertificateCommand,
    UploadSSHPublicKeyCommand: UploadSSHPublicKeyCommand,
};
const paginators = {
    paginateGetAccountAuthorizationDetails: paginateGetAccountAuthorizationDetails,
    paginateGetGroup: paginateGetGroup,
    paginateListAccessKeys: paginateListAccessKeys,
    paginateListAccountAliases: paginateListAccountAliases,
    paginateListAttachedGroupPolicies: paginateListAttachedGroupPolicies,
    paginateListAttachedRolePolicies: paginateListAttachedRolePolicies,
    paginateListAttachedUserPolicies: paginateListAttachedUserPolicies,
    paginateListEntitiesForPolicy: paginateListEntitiesForPolicy,
    paginateListGroupPolicies: paginateListGroupPolicies,
    paginateListGroups: paginateListGroups,
    paginateListGroupsForUser: paginateListGroupsForUser,
    paginateListInstanceProfiles: paginateListInstanceProfiles,
    paginateListInstanceProfilesForRole: paginateListInstanceProfilesForRole,
    paginateListInstanceProfileTags: paginateListInstanceProfileTags,
    paginateListMFADevices: paginateListMFADevices,
    paginateListMFADeviceTags: paginateListMFADeviceTags,
    paginateListOpenIDConnectProviderTags: paginateListOpenIDConnectProviderTags,
    paginateListPolicies: paginateListPolicies,
    paginateListPolicyTags: paginateListPolicyTags,
    paginateListPolicyVersions: paginateListPolicyVersions,
    paginateListRolePolicies: paginateListRolePolicies,
    paginateListRoles: paginateListRoles,
    paginateListRoleTags: paginateListRoleTags,
    paginateListSAMLProviderTags: paginateListSAMLProviderTags,
    paginateListServerCertificates: paginateListServerCertificates,
    paginateListServerCertificateTags: paginateListServerCertificateTags,
    paginateListSigningCertificates: paginateListSigningCertificates,
    paginateListSSHPublicKeys: paginateListSSHPublicKeys,
    paginateListUserPolicies: paginateListUserPolicies,
    paginateListUsers: paginateListUsers,
    paginateListUserTags: paginateListUserTags,
    paginateListVirtualMFADevices: paginateListVirtualMFADevices,
    paginateSimulateCustomPolicy: paginateSimulateCustomPolicy,
    paginateSimulatePrincipalPolicy: paginateSimulatePrincipalPolicy,
};
const waiters = {
    waitUntilInstanceProfileExists: waitUntilInstanceProfileExists,
    waitUntilPolicyExists: waitUntilPolicyExists,
    waitUntilRoleExists: waitUntilRoleExists,
    waitUntilUserExists: waitUntilUserExists,
};
class IAM extends IAMClient {
}
(0,create_aggregated_client/* createAggregatedClient */.J)(commands, IAM, { paginators, waiters });

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/commands/index.js





















































































































































































// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/smithy-client/command.js + 1 modules
var smithy_client_command = __webpack_require__(21415);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/pagination/index.js




































;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/waiters/index.js





;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/models/enums.js
const AccessAdvisorUsageGranularityType = {
    ACTION_LEVEL: "ACTION_LEVEL",
    SERVICE_LEVEL: "SERVICE_LEVEL",
};
const StatusType = {
    Active: "Active",
    Expired: "Expired",
    Inactive: "Inactive",
};
const PermissionsBoundaryAttachmentType = {
    Policy: "PermissionsBoundaryPolicy",
};
const AssertionEncryptionModeType = {
    Allowed: "Allowed",
    Required: "Required",
};
const AssignmentStatusType = {
    Any: "Any",
    Assigned: "Assigned",
    Unassigned: "Unassigned",
};
const AttachmentType = {
    GROUP: "group",
    ROLE: "role",
    USER: "user",
};
const PolicyParameterTypeEnum = {
    STRING: "string",
    STRING_LIST: "stringList",
};
const FeatureType = {
    ROOT_CREDENTIALS_MANAGEMENT: "RootCredentialsManagement",
    ROOT_SESSIONS: "RootSessions",
};
const ReportStateType = {
    COMPLETE: "COMPLETE",
    INPROGRESS: "INPROGRESS",
    STARTED: "STARTED",
};
const EntityType = {
    AWSManagedPolicy: "AWSManagedPolicy",
    Group: "Group",
    LocalManagedPolicy: "LocalManagedPolicy",
    Role: "Role",
    User: "User",
};
const SummaryKeyType = {
    AccessKeysPerUserQuota: "AccessKeysPerUserQuota",
    AccountAccessKeysPresent: "AccountAccessKeysPresent",
    AccountMFAEnabled: "AccountMFAEnabled",
    AccountPasswordPresent: "AccountPasswordPresent",
    AccountSigningCertificatesPresent: "AccountSigningCertificatesPresent",
    AssumeRolePolicySizeQuota: "AssumeRolePolicySizeQuota",
    AttachedPoliciesPerGroupQuota: "AttachedPoliciesPerGroupQuota",
    AttachedPoliciesPerRoleQuota: "AttachedPoliciesPerRoleQuota",
    AttachedPoliciesPerUserQuota: "AttachedPoliciesPerUserQuota",
    GlobalEndpointTokenVersion: "GlobalEndpointTokenVersion",
    GroupPolicySizeQuota: "GroupPolicySizeQuota",
    Groups: "Groups",
    GroupsPerUserQuota: "GroupsPerUserQuota",
    GroupsQuota: "GroupsQuota",
    InstanceProfiles: "InstanceProfiles",
    InstanceProfilesQuota: "InstanceProfilesQuota",
    MFADevices: "MFADevices",
    MFADevicesInUse: "MFADevicesInUse",
    Policies: "Policies",
    PoliciesQuota: "PoliciesQuota",
    PolicySizeQuota: "PolicySizeQuota",
    PolicyVersionsInUse: "PolicyVersionsInUse",
    PolicyVersionsInUseQuota: "PolicyVersionsInUseQuota",
    Providers: "Providers",
    RolePolicySizeQuota: "RolePolicySizeQuota",
    Roles: "Roles",
    RolesQuota: "RolesQuota",
    ServerCertificates: "ServerCertificates",
    ServerCertificatesQuota: "ServerCertificatesQuota",
    SigningCertificatesPerUserQuota: "SigningCertificatesPerUserQuota",
    UserPolicySizeQuota: "UserPolicySizeQuota",
    Users: "Users",
    UsersQuota: "UsersQuota",
    VersionsPerPolicyQuota: "VersionsPerPolicyQuota",
};
const ReportFormatType = {
    text_csv: "text/csv",
};
const StateType = {
    ACCEPTED: "ACCEPTED",
    ASSIGNED: "ASSIGNED",
    EXPIRED: "EXPIRED",
    FINALIZED: "FINALIZED",
    PENDING_APPROVAL: "PENDING_APPROVAL",
    REJECTED: "REJECTED",
    UNASSIGNED: "UNASSIGNED",
};
const PermissionCheckResultType = {
    ALLOWED: "ALLOWED",
    DENIED: "DENIED",
    UNSURE: "UNSURE",
};
const PermissionCheckStatusType = {
    COMPLETE: "COMPLETE",
    FAILED: "FAILED",
    IN_PROGRESS: "IN_PROGRESS",
};
const SummaryStateType = {
    AVAILABLE: "AVAILABLE",
    FAILED: "FAILED",
    NOT_AVAILABLE: "NOT_AVAILABLE",
    NOT_SUPPORTED: "NOT_SUPPORTED",
};
const SortKeyType = {
    LAST_AUTHENTICATED_TIME_ASCENDING: "LAST_AUTHENTICATED_TIME_ASCENDING",
    LAST_AUTHENTICATED_TIME_DESCENDING: "LAST_AUTHENTICATED_TIME_DESCENDING",
    SERVICE_NAMESPACE_ASCENDING: "SERVICE_NAMESPACE_ASCENDING",
    SERVICE_NAMESPACE_DESCENDING: "SERVICE_NAMESPACE_DESCENDING",
};
const JobStatusType = {
    COMPLETED: "COMPLETED",
    FAILED: "FAILED",
    IN_PROGRESS: "IN_PROGRESS",
};
const ManagedByTypeType = {
    Service: "Service",
};
const ParameterTypeType = {
    Arn: "Arn",
    ArnList: "ArnList",
    Number: "Number",
    NumberList: "NumberList",
    String: "String",
    StringList: "StringList",
};
const PolicyOwnerEntityType = {
    GROUP: "GROUP",
    ROLE: "ROLE",
    USER: "USER",
};
const DeletionTaskStatusType = {
    FAILED: "FAILED",
    IN_PROGRESS: "IN_PROGRESS",
    NOT_STARTED: "NOT_STARTED",
    SUCCEEDED: "SUCCEEDED",
};
const EncodingType = {
    PEM: "PEM",
    SSH: "SSH",
};
const PolicyUsageType = {
    PermissionsBoundary: "PermissionsBoundary",
    PermissionsPolicy: "PermissionsPolicy",
};
const PolicyScopeType = {
    AWS: "AWS",
    All: "All",
    Local: "Local",
};
const PolicyType = {
    INLINE: "INLINE",
    MANAGED: "MANAGED",
};
const GlobalEndpointTokenVersion = {
    v1Token: "v1Token",
    v2Token: "v2Token",
};
const ContextKeyTypeEnum = {
    BINARY: "binary",
    BINARY_LIST: "binaryList",
    BOOLEAN: "boolean",
    BOOLEAN_LIST: "booleanList",
    DATE: "date",
    DATE_LIST: "dateList",
    IP: "ip",
    IP_LIST: "ipList",
    NUMERIC: "numeric",
    NUMERIC_LIST: "numericList",
    STRING: "string",
    STRING_LIST: "stringList",
};
const PolicyEvaluationDecisionType = {
    ALLOWED: "allowed",
    EXPLICIT_DENY: "explicitDeny",
    IMPLICIT_DENY: "implicitDeny",
};
const PolicySourceType = {
    AWS_MANAGED: "aws-managed",
    GROUP: "group",
    NONE: "none",
    RESOURCE: "resource",
    ROLE: "role",
    USER: "user",
    USER_MANAGED: "user-managed",
};
const PolicyIdentifierPolicyType = {
    AWS_MANAGED: "aws-managed",
    INLINE: "inline",
    PERMISSION_BOUNDARY: "permission-boundary",
    RCP: "rcp",
    SCP: "scp",
    USER_MANAGED: "user-managed",
};

;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-iam/dist-es/index.js














/***/ }),

/***/ 72109:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ createPaginator)
/* harmony export */ });
const makePagedClientRequest = async (CommandCtor, client, input, withCommand = (_) => _, ...args) => {
    let command = new CommandCtor(input);
    command = withCommand(command) ?? command;
    return await client.send(command, ...args);
};
function createPaginator(ClientCtor, CommandCtor, inputTokenName, outputTokenName, pageSizeTokenName) {
    return async function* paginateOperation(config, input, ...additionalArguments) {
        const _input = input;
        let token = config.startingToken ?? _input[inputTokenName];
        let hasNext = true;
        let page;
        while (hasNext) {
            _input[inputTokenName] = token;
            if (pageSizeTokenName) {
                _input[pageSizeTokenName] = _input[pageSizeTokenName] ?? config.pageSize;
            }
            if (config.client instanceof ClientCtor) {
                page = await makePagedClientRequest(CommandCtor, config.client, input, config.withCommand, ...additionalArguments);
            }
            else {
                throw new Error(`Invalid client, expected instance of ${ClientCtor.name}`);
            }
            yield page;
            const prevToken = token;
            token = get(page, outputTokenName);
            hasNext = !!(token && (!config.stopOnSameToken || token !== prevToken));
        }
        return undefined;
    };
}
const get = (fromObject, path) => {
    let cursor = fromObject;
    const pathComponents = path.split(".");
    for (const step of pathComponents) {
        if (!cursor || typeof cursor !== "object") {
            return undefined;
        }
        cursor = cursor[step];
    }
    return cursor;
};


/***/ }),

/***/ 3049:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ createAggregatedClient)
/* harmony export */ });
const createAggregatedClient = (commands, Client, options) => {
    for (const [command, CommandCtor] of Object.entries(commands)) {
        const methodImpl = async function (args, optionsOrCb, cb) {
            const command = new CommandCtor(args);
            if (typeof optionsOrCb === "function") {
                this.send(command, optionsOrCb);
            }
            else if (typeof cb === "function") {
                if (typeof optionsOrCb !== "object") {
                    throw new Error(`Expected http options but got ${typeof optionsOrCb}`);
                }
                this.send(command, optionsOrCb || {}, cb);
            }
            else {
                return this.send(command, optionsOrCb);
            }
        };
        const methodName = (command[0].toLowerCase() + command.slice(1)).replace(/Command$/, "");
        Client.prototype[methodName] = methodImpl;
    }
    const { paginators = {}, waiters = {} } = options ?? {};
    for (const [paginatorName, paginatorFn] of Object.entries(paginators)) {
        if (Client.prototype[paginatorName] === void 0) {
            Client.prototype[paginatorName] = function (commandInput = {}, paginationConfiguration, ...rest) {
                return paginatorFn({
                    ...paginationConfiguration,
                    client: this,
                }, commandInput, ...rest);
            };
        }
    }
    for (const [waiterName, waiterFn] of Object.entries(waiters)) {
        if (Client.prototype[waiterName] === void 0) {
            Client.prototype[waiterName] = async function (commandInput = {}, waiterConfiguration, ...rest) {
                let config = waiterConfiguration;
                if (typeof waiterConfiguration === "number") {
                    config = {
                        maxWaitTime: waiterConfiguration,
                    };
                }
                return waiterFn({
                    ...config,
                    client: this,
                }, commandInput, ...rest);
            };
        }
    }
};


/***/ }),

/***/ 47393:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ getCircularReplacer)
/* harmony export */ });
const getCircularReplacer = () => {
    const seen = new WeakSet();
    return (key, value) => {
        if (typeof value === "object" && value !== null) {
            if (seen.has(value)) {
                return "[Circular]";
            }
            seen.add(value);
        }
        return value;
    };
};


/***/ }),

/***/ 72997:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ createWaiter)
});

// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/circularReplacer.js
var circularReplacer = __webpack_require__(47393);
;// CONCATENATED MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/utils/sleep.js
const sleep = (seconds) => {
    return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
};

// EXTERNAL MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/waiter.js
var waiter = __webpack_require__(62940);
;// CONCATENATED MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/poller.js



const runPolling = async ({ minDelay, maxDelay, maxWaitTime, abortController, client, abortSignal }, input, acceptorChecks) => {
    const observedResponses = {};
    const [minDelayMs, maxDelayMs] = [minDelay * 1000, maxDelay * 1000];
    let currentAttempt = 0;
    const waitUntil = Date.now() + maxWaitTime * 1000;
    const warn403Time = Date.now() + 60_000;
    let didWarn403 = false;
    while (true) {
        if (currentAttempt > 0) {
            const delayMs = exponentialBackoffWithJitter(minDelayMs, maxDelayMs, currentAttempt, waitUntil);
            if (abortController?.signal?.aborted || abortSignal?.aborted) {
                const message = "AbortController signal aborted.";
                observedResponses[message] |= 0;
                observedResponses[message] += 1;
                return { state: waiter/* WaiterState */.IX.ABORTED, observedResponses };
            }
            if (Date.now() + delayMs > waitUntil) {
                return { state: waiter/* WaiterState */.IX.TIMEOUT, observedResponses };
            }
            await sleep(delayMs / 1_000);
        }
        const { state, reason } = await acceptorChecks(client, input);
        if (reason) {
            const message = createMessageFromResponse(reason);
            observedResponses[message] |= 0;
            observedResponses[message] += 1;
        }
        if (state !== waiter/* WaiterState */.IX.RETRY) {
            return { state, reason, final: reason, observedResponses };
        }
        currentAttempt += 1;
        if (!didWarn403 && Date.now() >= warn403Time) {
            checkWarn403(observedResponses, client);
            didWarn403 = true;
        }
    }
};
const checkWarn403 = (observedResponses = {}, client) => {
    const orderedErrors = Object.keys(observedResponses);
    let maxCount = 0;
    let count403 = 0;
    for (const response of orderedErrors) {
        const n = observedResponses[response] | 0;
        maxCount = Math.max(n, maxCount);
        if (response.startsWith("403:")) {
            count403 += n;
        }
    }
    const clientLogger = client?.config?.logger;
    const warningLogger = typeof clientLogger?.warn === "function" && !clientLogger.constructor?.name?.includes?.("NoOpLogger")
        ? clientLogger
        : console;
    if (count403 >= 3 || orderedErrors[orderedErrors.length - 1]?.startsWith("403:")) {
        warningLogger.warn(`@smithy/util-waiter WARN - 403 status code encountered during waiter polling.`);
    }
};
const createMessageFromResponse = (reason) => {
    const status = reason?.$response?.statusCode ?? reason?.$metadata?.httpStatusCode;
    if (reason?.$responseBodyText) {
        return `${status ? status + ": " : ""}Deserialization error for body: ${reason.$responseBodyText}`;
    }
    if (status) {
        if (reason?.$response || reason?.message) {
            return `${status ?? "Unknown"}: ${reason?.message}`;
        }
        return `${status}: OK`;
    }
    return String(reason?.message ?? JSON.stringify(reason, (0,circularReplacer/* getCircularReplacer */.O)()) ?? "Unknown");
};
const exponentialBackoffWithJitter = (minDelayMs, maxDelayMs, attempt, waitUntil) => {
    const attemptCountCeiling = Math.log(maxDelayMs / minDelayMs) / Math.log(2) + 1;
    if (attempt > attemptCountCeiling) {
        return maxDelayMs;
    }
    const delay = minDelayMs * 2 ** (attempt - 1);
    const capped = Math.min(delay, maxDelayMs);
    const waitFor = randomInRange(minDelayMs, capped);
    if (Date.now() + waitFor > waitUntil) {
        const timeRemaining = waitUntil - Date.now();
        return Math.max(0, timeRemaining - 500);
    }
    return waitFor;
};
const randomInRange = (min, max) => min + Math.random() * (max - min);

;// CONCATENATED MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/utils/validate.js
const validateWaiterOptions = (options) => {
    if (options.maxWaitTime <= 0) {
        throw new Error(`WaiterConfiguration.maxWaitTime must be greater than 0`);
    }
    else if (options.minDelay <= 0) {
        throw new Error(`WaiterConfiguration.minDelay must be greater than 0`);
    }
    else if (options.maxDelay <= 0) {
        throw new Error(`WaiterConfiguration.maxDelay must be greater than 0`);
    }
    else if (options.maxWaitTime <= options.minDelay) {
        throw new Error(`WaiterConfiguration.maxWaitTime [${options.maxWaitTime}] must be greater than WaiterConfiguration.minDelay [${options.minDelay}] for this waiter`);
    }
    else if (options.maxDelay < options.minDelay) {
        throw new Error(`WaiterConfiguration.maxDelay [${options.maxDelay}] must be greater than WaiterConfiguration.minDelay [${options.minDelay}] for this waiter`);
    }
};

;// CONCATENATED MODULE: ../node_modules/@smithy/core/dist-es/submodules/client/util-waiter/createWaiter.js



const abortTimeout = (abortSignal) => {
    let onAbort;
    const promise = new Promise((resolve) => {
        onAbort = () => resolve({ state: waiter/* WaiterState */.IX.ABORTED });
        if (typeof abortSignal.addEventListener === "function") {
            abortSignal.addEventListener("abort", onAbort);
        }
        else {
            abortSignal.onabort = onAbort;
        }
    });
    return {
        clearListener() {
            if (typeof abortSignal.removeEventListener === "function") {
                abortSignal.removeEventListener("abort", onAbort);
            }
        },
        aborted: promise,
    };
};
const createWaiter = async (options, input, acceptorChecks) => {
    const params = {
        ...waiter/* waiterServiceDefaults */.C8,
        ...options,
    };
    validateWaiterOptions(params);
    const exitConditions = [runPolling(params, input, acceptorChecks)];
    const finalize = [];
    if (options.abortSignal) {
        const { aborted, clearListener } = abortTimeout(options.abortSignal);
        finalize.push(clearListener);
        exitConditions.push(aborted);
    }
    if (options.abortController?.signal) {
        const { aborted, clearListener } = abortTimeout(options.abortController.signal);
        finalize.push(clearListener);
        exitConditions.push(aborted);
    }
    return Promise.race(exitConditions).then((result) => {
        for (const fn of finalize) {
            fn();
        }
        return result;
    });
};


/***/ }),

/***/ 62940:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C8: () => (/* binding */ waiterServiceDefaults),
/* harmony export */   IX: () => (/* binding */ WaiterState),
/* harmony export */   No: () => (/* binding */ checkExceptions)
/* harmony export */ });
/* harmony import */ var _circularReplacer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47393);

const waiterServiceDefaults = {
    minDelay: 2,
    maxDelay: 120,
};
var WaiterState;
(function (WaiterState) {
    WaiterState["ABORTED"] = "ABORTED";
    WaiterState["FAILURE"] = "FAILURE";
    WaiterState["SUCCESS"] = "SUCCESS";
    WaiterState["RETRY"] = "RETRY";
    WaiterState["TIMEOUT"] = "TIMEOUT";
})(WaiterState || (WaiterState = {}));
const checkExceptions = (result) => {
    if (result.state === WaiterState.ABORTED) {
        const abortError = new Error(`${JSON.stringify({
            ...result,
            reason: "Request was aborted",
        }, (0,_circularReplacer__WEBPACK_IMPORTED_MODULE_0__/* .getCircularReplacer */ .O)())}`);
        abortError.name = "AbortError";
        throw abortError;
    }
    else if (result.state === WaiterState.TIMEOUT) {
        const timeoutError = new Error(`${JSON.stringify({
            ...result,
            reason: "Waiter has timed out",
        }, (0,_circularReplacer__WEBPACK_IMPORTED_MODULE_0__/* .getCircularReplacer */ .O)())}`);
        timeoutError.name = "TimeoutError";
        throw timeoutError;
    }
    else if (result.state !== WaiterState.SUCCESS) {
        throw new Error(`${JSON.stringify(result, (0,_circularReplacer__WEBPACK_IMPORTED_MODULE_0__/* .getCircularReplacer */ .O)())}`);
    }
    return result;
};


/***/ })

};
