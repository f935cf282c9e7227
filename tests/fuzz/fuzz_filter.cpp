// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/LogEvent.h"
#include "filter/Expression.h"
#include "filter/Matcher.h"

#include <cstdlib>

using namespace octotrail;

namespace {

constexpr const char *sample
    = R"({"uuid":"1","published":"2026-11-01T12:00:00.000Z","eventType":"user.session.start","severity":"WARN",)"
      R"("actor":{"id":"00u1","type":"User","alternateId":"Ann@Example.com","displayName":"Ann"},)"
      R"("client":{"ipAddress":"192.0.2.7","geographicalContext":{"country":"Österreich"}},)"
      R"("outcome":{"result":"FAILURE","reason":"INVALID_CREDENTIALS"},)"
      R"("target":[{"id":"t1","type":"User","alternateId":"bob@example.com"},{"id":"t2","type":"AppInstance"}],)"
      R"("debugContext":{"debugData":{"risk":"{level=HIGH}","requestUri":"/api/v1/authn"}}})";

} // namespace

/// Whatever is typed as a filter: an error names a column within it; an expression means the same once printed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(
        reinterpret_cast<const char *>(data), size); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    static const auto event = event::LogEvent::fromBytes(sample);
    (void)filter::parseInput(text);
    (void)filter::parse(text, filter::Schema::Profile);
    const auto expression = filter::parse(text);
    if (!expression) {
        if (expression.error().sentence.isEmpty() || expression.error().column < 0) {
            std::abort();
        }
        return 0;
    }
    const auto again = filter::parse(expression->toString());
    if (!again || !(*again == *expression)
        || filter::Matcher(*again).matches(event) != filter::Matcher(*expression).matches(event)) {
        std::abort();
    }
    return 0;
}
