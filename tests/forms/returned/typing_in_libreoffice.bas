REM Types in forms as a person does: each line of the jobs is an act, a field's bookmark and a text, apart by tabs.
Sub Main(jobsUrl As String)
    Dim files, stream, reader, doc, parts, target As String
    On Error GoTo Wrong
    files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
    stream = files.openFileRead(jobsUrl)
    reader = createUnoService("com.sun.star.io.TextInputStream")
    reader.setInputStream(stream)
    reader.setEncoding("UTF-8")
    Do While Not reader.isEOF()
        parts = Split(reader.readLine(), Chr(9))
        If UBound(parts) >= 2 Then
            If parts(0) = "form" Then
                If target <> "" Then SaveAndClose(doc, target)
                doc = Opened(parts(1))
                target = parts(2)
            Else
                TypeIt(doc, parts(0), parts(1), parts(2))
            End If
        End If
    Loop
    If target <> "" Then SaveAndClose(doc, target)
    reader.closeInput()
    StarDesktop.terminate()
    Exit Sub
Wrong:
    REM Without a window nobody could close the message that would stand here for ever.
    Open ConvertFromURL(jobsUrl & ".wrong") For Output As #1
    Print #1, Erl & ": " & Error$
    Close #1
    StarDesktop.terminate()
End Sub

Function Opened(url As String)
    Dim how(0) As New com.sun.star.beans.PropertyValue
    how(0).Name = "Hidden"
    how(0).Value = True
    Opened = StarDesktop.loadComponentFromURL(url, "_blank", 0, how())
End Function

Sub SaveAndClose(doc, url As String)
    Dim how(0) As New com.sun.star.beans.PropertyValue
    how(0).Name = "FilterName"
    how(0).Value = "MS Word 2007 XML"
    doc.storeToURL(url, how())
    doc.close(True)
End Sub

Sub TypeIt(doc, act As String, bookmark As String, words As String)
    Dim cursor, anchor
    anchor = doc.Bookmarks.getByName(bookmark).Anchor
    cursor = doc.CurrentController.ViewCursor
    cursor.gotoRange(anchor.Start, False)
    cursor.goRight(1, False)
    If act = "append" Or act = "enter" Then
        cursor.gotoRange(anchor.End, False)
        cursor.goLeft(1, False)
    Else
        cursor.goRight(Len(anchor.String), True)
    End If
    If act = "enter" Then Dispatch(doc, "InsertPara", "")
    If act = "clear" Then
        Dispatch(doc, "Delete", "")
    Else
        Dispatch(doc, "InsertText", words)
    End If
End Sub

Sub Dispatch(doc, command As String, words As String)
    Dim sender
    sender = createUnoService("com.sun.star.frame.DispatchHelper")
    If words = "" Then
        sender.executeDispatch(doc.CurrentController.Frame, ".uno:" & command, "", 0, Array())
    Else
        Dim how(0) As New com.sun.star.beans.PropertyValue
        how(0).Name = "Text"
        how(0).Value = words
        sender.executeDispatch(doc.CurrentController.Frame, ".uno:" & command, "", 0, how())
    End If
End Sub
