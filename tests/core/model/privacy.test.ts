import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { privacyObjection, singlesOut } from "../../../core/model/privacy";

/** Each kind of name in whatever spelling; and neighbours that tell of nobody. */
const kinds: Readonly<Record<string, { readonly refused: string; readonly silent: string }>> = {
  "snake, camel, kebab, SCREAMING case, plurals, what stands before and behind": {
    refused:
      "user_id userId userID UserId USER_ID user-id x-user-id userIds userIDs user_ids target_user_id user.id x_user_id_header meetingIds " +
      "meeting_uuid caller_email emails email_addresses emailAddress usernames client_ips participant_names",
    silent:
      "user_id_hash user_count users_total user_tier user_agent_family email_queue_depth emails_sent email_template meeting_count userland",
  },
  "ids of people, meetings, sessions and what is traced to one": {
    refused:
      "enduser.id viewer_id author_name recipient_id participant_sid participant_identity conference_sid room_sid meeting_pin meeting_subject " +
      "trace_id span_id correlation-id traceparent conn_id owner_id session_key",
    silent:
      "session_duration session_state mc_meetings_active meeting_type owner_kind owner_name trace_state partition_id shard_id container_id " +
      "message_id thread_id controller_id",
  },
  "what people are called, and how they are reached": {
    refused:
      "display_name full_name firstName middle_name phone_number phone_no telephone mobile_phone dial_in_number twitter_handle avatar_url " +
      "home_address postcode zip_code ssn social_security_number passport_no national_id date_of_birth dob gender",
    silent: "hostname node_name service_name file_name phone_type region zone city address_family name type code",
  },
  "addresses of people's machines, not of ours": {
    refused:
      "ip_address client_ip4 client_ipv4 remote_ipv6 src_ip destination_ip source_address remote_host client_hostname mac_addr x-forwarded-for",
    silent:
      "ip6 ip4 pod_ip node_ip_address private_ip_address PrivateIpAddress host_ip ipv4 ipv6 ip_family server_mac_address addressType",
  },
  "accounts of people, not of machines": {
    refused: "username user_name account_id account_name client_id profile_name login_name user_login",
    silent:
      "auth_username CEPH_USERNAME GITHUB_PULL_REQUEST_NUMBER merge_request_id cloudProfileName DRBD_DEVICE_NAME gpu_device_id " +
      "db_username DB_USERNAME docker-username serviceAccountName aws_account_id storage_account_name instance-profile-name oidc_client_id",
  },
  "what is said, recorded and joined": {
    refused: "message_text messageContent chat_text recording_id recordingUrl join_link dial_in_pin sip_uri publisher_id",
    silent:
      "message_type text message_size recording_rule recordings_total join_count pin_count stream_name publisher_count chat_type",
  },
  "accounts elsewhere": {
    refused: "github_login linkedin_url telegram_id sAMAccountName user_principal_name cookie_id",
    silent: "github_repository linkedin_posts telegram_messages principal_type cookie_policy login_count slack_channel",
  },
  "names that say that there is none, or that it is hidden": {
    refused: "email user_id verified_email",
    silent:
      "hashed_user_id has_email invalid_email missing_user_id duplicate_phone_number unknown_user_id redacted_email email_hash",
  },
};

describe("a name that singles somebody out", () => {
  for (const [kind, { refused, silent }] of Object.entries(kinds)) {
    it(`is refused: ${kind}`, () => {
      assert.deepEqual(
        refused.split(" ").filter((name) => privacyObjection(name) !== singlesOut),
        [],
      );
    });

    it(`is not, beside ${kind}`, () => {
      assert.deepEqual(
        silent.split(" ").filter((name) => privacyObjection(name) !== undefined),
        [],
      );
    });
  }
});

it("a name of a credential is refused, and not what tells of its kind", () => {
  const carries =
    "access_token api-key x_api_key password pwd ssh_key JSESSIONID cookies verification_code totp ice_pwd token_hash";
  const silent =
    "token_type token_status max_tokens password_policy secret_name cookie_policy key_id imagePullSecrets invalid_token missing_password";
  assert.deepEqual(
    carries.split(" ").filter((name) => privacyObjection(name) !== "can carry a credential"),
    [],
  );
  assert.deepEqual(
    silent.split(" ").filter((name) => privacyObjection(name) !== undefined),
    [],
  );
});
