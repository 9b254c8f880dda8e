package io.voicebus.http.elevenlabs;

import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;

/**
 * {@code GET /v1/user} and {@code /v1/user/subscription}: what clients show of an account, and
 * whether they think that there is something left of it.
 */
final class AccountEndpoint {
  /** There is no limit, and clients want a number: the largest that all of them can read. */
  static final int NO_LIMIT = Integer.MAX_VALUE;

  private final ApiSessions sessions;

  AccountEndpoint(ApiSessions sessions) {
    this.sessions = sessions;
  }

  void user(RoutingContext context) {
    JsonText user =
        JsonText.object()
            .put("user_id", "voicebus")
            .put("workspace_id", "voicebus")
            .put("seat_type", "workspace_admin")
            .put("created_at", 0)
            .put("first_name", "Voicebus")
            .put("is_new_user", false)
            .put("is_onboarding_completed", true)
            .put("is_onboarding_checklist_completed", true)
            .put("can_use_delayed_payment_methods", false)
            .putJson("xi_api_key", "null")
            .put("is_api_key_hashed", false)
            .put("subscription", subscription());
    Body.json(context.response(), user).onFailure(context::fail);
  }

  void subscription(RoutingContext context) {
    JsonText extended =
        subscription()
            .put("has_open_invoices", false)
            .putJson("open_invoices", "[]")
            .putJson("next_invoice", "null");
    Body.json(context.response(), extended).onFailure(context::fail);
  }

  /**
   * What is not done here, such as cloning voices, cannot be done. ElevenLabs' client for
   * JavaScript refuses an answer that lacks a field.
   */
  private JsonText subscription() {
    long asked = Math.min(sessions.characters().asked(), NO_LIMIT);
    return JsonText.object()
        .put("tier", "voicebus")
        .put("status", "active")
        .put("character_count", asked)
        .put("character_limit", NO_LIMIT)
        .put("can_extend_character_limit", false)
        .put("allowed_to_extend_character_limit", false)
        .putJson("max_character_limit_extension", "null")
        .put("max_credit_limit_extension", 0)
        .putJson("current_overage", "{\"amount\":\"0\",\"currency\":\"usd\"}")
        .putJson("next_character_count_reset_unix", "null")
        .putJson("character_refresh_period", "null")
        .putJson("billing_period", "null")
        .putJson("currency", "null")
        .put("voice_limit", 0)
        .put("voice_slots_used", 0)
        .put("max_voice_add_edits", 0)
        .put("voice_add_edit_counter", 0)
        .put("professional_voice_limit", 0)
        .put("professional_voice_slots_used", 0)
        .put("professional_voice_slots_used_in_workspace", 0)
        .put("can_extend_voice_limit", false)
        .put("can_use_instant_voice_cloning", false)
        .put("can_use_professional_voice_cloning", false);
  }
}
