// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Rules in the shapes that public Sigma rules about Okta have, and those of the specification's examples; the events
/// that they match, and events that come close.
struct ShapeEvent
{
    const char *uuid;
    const char *json; ///< members beside uuid and published
    const char *matchedBy; ///< ids of rules
};

inline constexpr const char *shapeRules = R"(
title: One of several types, in the spelling of old rules
id: old-list
logsource: {product: okta, service: okta}
detection:
    selection:
        eventtype:
            - group.owner.add
            - group.owner.remove
    condition: selection
level: medium
---
title: Three fields of which none has its case
id: old-map
logsource: {product: okta, service: okta}
detection:
    selection:
        outcome.reason: 'Phishing was stopped'
        outcome.result: FAILURE
        eventtype: user.authentication.verify
    condition: selection
level: high
---
title: Message alone
id: message
logsource: {product: okta, service: okta}
detection:
    selection:
        displaymessage: Too many attempts
    condition: selection
---
title: Boolean as text
id: boolean
logsource: {service: okta, product: okta}
detection:
    selection:
        eventtype: 'user.session.begin'
        securitycontext.isproxy: 'true'
    condition: selection
---
title: An application by name, and something new in either of two fields
id: all-of
logsource: {product: okta, service: okta}
detection:
    selection_event:
        eventtype: 'policy.evaluate'
        target.displayname: 'The Console'
    selection_new:
        - debugcontext.debugdata.behaviors|contains: 'POSITIVE'
        - debugcontext.debugdata.logonlysecuritydata|contains: 'POSITIVE'
    condition: all of selection_*
---
title: A regular expression that takes back
id: regex-filter
logsource: {product: okta, service: okta}
detection:
    selection:
        legacyeventtype: 'core.auth.failed'
    filter_main:
        # what looks like an address, or like a client
        actor.alternateid|re: '(^0oc.*|[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,10})'
    condition: selection and not filter_main
---
title: A filter on a field that Okta's events do not have at their top
id: foreign-filter
logsource: {service: okta, product: okta}
detection:
    selection:
        debugContext.debugData.requestUri|contains: 'admin'
        eventType: 'user.impersonation.begin'
    filter:
        alternateId|contains:
            - 'robot@okta.example'
            - '@company.example'
    condition: selection and not filter
---
title: A user among the targets
id: target-user
logsource: {product: okta, service: okta}
detection:
    selection:
        eventtype: user.mfa.reset
        target.user.id|exists: false
        target.type: user
        target.alternateid|endswith: '@admins.example'
    condition: selection
---
title: Words anywhere
id: keywords
detection:
    keywords:
        - 'ODDSERVICE'
        - 'agent.exe -n odd'
    condition: keywords
---
title: All of these words
id: all-keywords
detection:
    words:
        '|all':
            - 'OddDirectory'
            - ' -Outside '
    condition: words
---
title: Either map
id: list-of-maps
detection:
    selection:
        - Image|endswith: '\odd.exe'
        - Description|contains: 'Odd executable'
    condition: selection
---
title: Numbers of a list
id: numbers
detection:
    selection:
        EventLog: Security
        EventID:
            - 517
            - 1102
    condition: selection
---
title: Texts that look like numbers
id: hexadecimal
detection:
    selection:
        EventID: 4769
        TicketOptions: '0x40810000'
        TicketEncryption: '0x17'
    condition: selection
---
title: Not null
id: not-null
detection:
    selection:
        EventID: 4738
    filter:
        PasswordLastSet: null
    condition: selection and not filter
---
title: Is there
id: is-there
detection:
    selection:
        EventID: 4738
        PasswordLastSet|exists: true
    condition: selection
---
title: One of these and not one of those
id: one-of
detection:
    selection_a:
        EventID: 1
    selection_b:
        EventID: 2
    filter_a:
        Image: a
    filter_b:
        Image: b
    _unused:
        Image: c
    condition: 1 of selection* and not 1 of filter*
---
title: Or binds least
id: precedence
detection:
    a: {EventID: 7}
    b: {Image: seven}
    c: {Image: eight}
    condition: c and not a or a and b
---
title: Two conditions
id: two-conditions
detection:
    a: {EventID: 7}
    b: {Image: eight}
    condition:
        - a
        - b
)";

inline constexpr ShapeEvent shapeEvents[]{
    {"list-1", R"("eventType":"group.owner.add")", "old-list"},
    {"list-2", R"("eventType":"group.owner.remove")", "old-list"},
    {"list-3", R"("eventType":"group.owner.removed")", ""},
    {"list-4", R"("eventType":"group.owner")", ""},
    {"map-1",
        R"("eventType":"user.authentication.verify","outcome":{"result":"FAILURE","reason":"Phishing was stopped"})",
        "old-map"},
    {"map-2",
        R"("eventType":"user.authentication.verify","outcome":{"result":"SUCCESS","reason":"Phishing was stopped"})",
        ""},
    {"map-3", R"("eventType":"user.authentication.verify","outcome":{"result":"FAILURE","reason":"Phishing"})", ""},
    {"map-4", R"("eventType":"user.authentication.verify","outcome":{"result":"FAILURE"})", ""},
    {"message-1", R"("displayMessage":"TOO many attempts")", "message"},
    {"message-2", R"("displayMessage":"Too many attempts.")", ""},
    {"message-3", R"("displaymessage":null,"debugContext":{"debugData":{"displayMessage":"Too many attempts"}})", ""},
    {"boolean-1", R"("eventType":"user.session.begin","securityContext":{"isProxy":true})", "boolean"},
    {"boolean-2", R"("eventType":"user.session.begin","securityContext":{"isProxy":false})", ""},
    {"boolean-3", R"("eventType":"user.session.begin","securityContext":{"isProxy":null})", ""},
    {"boolean-4", R"("eventType":"user.session.ended","securityContext":{"isProxy":true})", ""},
    {"all-1",
        R"("eventType":"policy.evaluate","target":[{"displayName":"A rule"},{"displayName":"The Console"}],)"
        R"("debugContext":{"debugData":{"behaviors":"{New IP=NEGATIVE, New Device=POSITIVE}"}})",
        "all-of"},
    {"all-2",
        R"("eventType":"policy.evaluate","target":[{"displayName":"the console"}],)"
        R"("debugContext":{"debugData":{"logOnlySecurityData":"{\"behaviors\":{\"New IP\":\"POSITIVE\"}}"}})",
        "all-of"},
    {"all-3",
        R"("eventType":"policy.evaluate","target":[{"displayName":"The Console"}],)"
        R"("debugContext":{"debugData":{"behaviors":"{New IP=NEGATIVE}","requestUri":"POSITIVE"}})",
        ""},
    {"all-4",
        R"("eventType":"policy.evaluate","target":[{"displayName":"Another Console"}],)"
        R"("debugContext":{"debugData":{"behaviors":"{New IP=POSITIVE}"}})",
        ""},
    {"regex-1", R"("legacyEventType":"core.auth.failed","actor":{"alternateId":"Sommer2026!"})", "regex-filter"},
    {"regex-2", R"("legacyEventType":"core.auth.failed","actor":{"alternateId":"ann@example.com"})", ""},
    {"regex-3", R"("legacyEventType":"core.auth.failed","actor":{"alternateId":"0oc1b2"})", ""},
    {"regex-4", R"("legacyEventType":"core.auth.failed","actor":{"alternateId":"ANN@EXAMPLE.COM"})", "regex-filter"},
    {"regex-5", R"("legacyEventType":"core.auth.failed","actor":{"alternateId":null})", "regex-filter"},
    {"regex-6", R"("legacyEventType":"core.auth.passed","actor":{"alternateId":"Sommer2026!"})", ""},
    {"foreign-1",
        R"("eventType":"user.impersonation.begin","actor":{"alternateId":"robot@okta.example"},)"
        R"("debugContext":{"debugData":{"requestUri":"/admin/users"}})",
        "foreign-filter"},
    {"foreign-2",
        R"("eventType":"user.impersonation.begin","alternateId":"robot@okta.example",)"
        R"("debugContext":{"debugData":{"requestUri":"/admin/users"}})",
        ""},
    {"foreign-3", R"("eventType":"user.impersonation.begin","debugContext":{"debugData":{"requestUri":"/users"}})", ""},
    {"target-1",
        R"("eventType":"user.mfa.reset","target":[{"type":"AppInstance","alternateId":"x"},)"
        R"({"type":"User","alternateId":"root@ADMINS.example"}])",
        "target-user"},
    {"target-2", R"("eventType":"user.mfa.reset","target":[{"type":"User","alternateId":"ann@example.com"}])", ""},
    {"target-3", R"("eventType":"user.mfa.reset","target":null)", ""},
    {"words-1", R"("debugContext":{"debugData":{"note":"an oddservice there"}})", "keywords"},
    {"words-2", R"("client":{"userAgent":{"rawUserAgent":"C:\\agent.exe -n odd"}})", "keywords"},
    {"words-3", R"("oddservice":"a name is no value")", ""},
    {"words-4", R"("a":"New-OddDirectory","b":["Set -Outside x"])", "all-keywords"},
    {"words-5", R"("a":"New-OddDirectory -Outsides")", ""},
    {"maps-1", R"("Image":"C:\\odd.exe")", "list-of-maps"},
    {"maps-2", R"("Description":"An odd executable.")", "list-of-maps"},
    {"maps-3", R"("Image":"C:\\odd.exe.txt","Description":"executable")", ""},
    {"numbers-1", R"("EventLog":"Security","EventID":517)", "numbers"},
    {"numbers-2", R"("EventLog":"security","EventID":"1102")", "numbers"},
    {"numbers-3", R"("EventLog":"Security","EventID":5170)", ""},
    {"numbers-4", R"("EventID":517)", ""},
    {"hex-1", R"("EventID":4769,"TicketOptions":"0x40810000","TicketEncryption":"0x17")", "hexadecimal"},
    {"hex-2", R"("EventID":4769,"TicketOptions":"0x40810000","TicketEncryption":23)", ""},
    {"null-1", R"("EventID":4738,"PasswordLastSet":"today")", "is-there not-null"},
    {"null-2", R"("EventID":4738,"PasswordLastSet":null)", ""},
    {"null-3", R"("EventID":4738)", ""},
    {"one-1", R"("EventID":1,"Image":"z")", "one-of"},
    {"one-2", R"("EventID":2)", "one-of"},
    {"one-3", R"("EventID":2,"Image":"b")", ""},
    {"one-4", R"("EventID":3,"Image":"c")", ""},
    {"order-1", R"("EventID":7,"Image":"seven")", "precedence two-conditions"},
    {"order-2", R"("EventID":7,"Image":"eight")", "two-conditions"},
    {"order-3", R"("EventID":8,"Image":"eight")", "precedence two-conditions"},
    {"order-4", R"("EventID":8,"Image":"seven")", ""},
};
