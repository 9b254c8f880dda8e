package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Signing in and out in a real browser, and the page's own requests and sockets with the cookie.
 */
@Tag("slow")
@Timeout(120)
@ResourceLock("browser")
class SignInBrowserTest extends ServerTest {
  private static final String TOKEN = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";

  @Test
  void signsInSpeaksAndSignsOut() throws Exception {
    serve("access-token", TOKEN);
    try (Browser browser = new Browser()) {
      // given: a wrong token first
      Page page = browser.open(http.actualPort(), new NewPageOptions());
      page.setDefaultTimeout(20_000);
      assertThat(page.url()).endsWith("/login");
      page.getByLabel("Access token").fill("wrong");
      page.getByLabel("Access token").press("Enter");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("not this server's access token");
      // when
      signIn(page);
      // then: the way out is a small button, no card of its own
      assertThat(page.locator("header form")).hasCSS("padding", "0px");
      page.getByLabel("Your prompt").fill("hello");
      page.getByLabel("Your prompt").press("Enter");
      pipeline.nextTurn().text("Hello.").caption(0, "Hello.").format(24_000).audio(new byte[9600]);
      assertThat(page.locator(".text")).containsText("Hello.");
      // when: the session ends after a turn, and before the first one
      askSignedOut(page);
      page.reload();
      signIn(page);
      askSignedOut(page);
      page.reload();
      signIn(page);
      // when
      page.getByLabel("Your prompt").fill("what nobody else is to read");
      page.locator("#sign-out").click();
      // then
      assertThat(page.getByLabel("Access token")).isVisible();
      page.navigate("http://localhost:" + http.actualPort() + "/");
      assertThat(page.url()).endsWith("/login");
      assertThat(String.valueOf(page.evaluate("JSON.stringify({...sessionStorage})")))
          .doesNotContain("hello", "nobody else");
      assertThat(browser.closePages())
          .allMatch(complaint -> complaint.contains("401 (Unauthorized)"));
    }
  }

  private static void askSignedOut(Page page) {
    page.context().clearCookies();
    page.getByLabel("Your prompt").fill("hello again");
    page.getByLabel("Your prompt").press("Enter");
    assertThat(page.getByRole(AriaRole.ALERT).last()).containsText("You are signed out");
  }

  /** Until the page is whole: a key that is pressed before is none of its own. */
  private static void signIn(Page page) {
    page.getByLabel("Access token").fill(TOKEN);
    page.getByLabel("Access token").press("Enter");
    page.waitForURL(url -> !url.endsWith("/login"));
  }
}
